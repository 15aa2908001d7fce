"use strict";

// A file of its own, since the page's content security policy allows no script inside it.
// No validator: it would send the description to another host.
SwaggerUIBundle({
  url: "/openapi.yaml",
  dom_id: "#docs",
  deepLinking: true,
  tryItOutEnabled: true,
  validatorUrl: null,
});
