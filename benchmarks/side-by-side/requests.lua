-- For wrk: sends the requests of the file REQUESTS by turns, each made once before the load begins.
-- A line of it is: method, path, name of a header, its value and the body, with tabs between.
local requests = {}
local turn = 0

function init()
  for line in io.lines(os.getenv("REQUESTS")) do
    local method, path, name, value, body = line:match("([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)")
    requests[#requests + 1] = wrk.format(method, path, {[name] = value}, body ~= "" and body or nil)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end
