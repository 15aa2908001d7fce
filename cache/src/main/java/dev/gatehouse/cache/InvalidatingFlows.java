package dev.gatehouse.cache;

import dev.gatehouse.accounts.flow.CodeTry;
import dev.gatehouse.accounts.flow.CompletedFlow;
import dev.gatehouse.accounts.flow.Flow;
import dev.gatehouse.accounts.flow.FlowEffect;
import dev.gatehouse.accounts.flow.Flows;
import dev.gatehouse.accounts.flow.NewFlow;
import dev.gatehouse.accounts.id.FlowId;
import java.util.Optional;

/// The store of flows whose effects are visible on this instance at once. The outcome of a failed
/// completion is unknown, and so is its account: it becomes visible within a second, as everywhere
/// else.
final class InvalidatingFlows implements Flows {
  private final Flows store;
  private final ReadThrough cache;

  InvalidatingFlows(Flows store, ReadThrough cache) {
    this.store = store;
    this.cache = cache;
  }

  @Override
  public void begin(NewFlow flow) {
    store.begin(flow);
  }

  @Override
  public Optional<Flow> find(FlowId id) {
    return store.find(id);
  }

  @Override
  public CodeTry spendTry(FlowId id) {
    return store.spendTry(id);
  }

  @Override
  public void giveBack(FlowId id) {
    store.giveBack(id);
  }

  @Override
  public Optional<CompletedFlow> complete(FlowId id, FlowEffect effect) {
    Optional<CompletedFlow> completed = store.complete(id, effect);
    completed
        .map(CompletedFlow::user)
        .ifPresent(user -> cache.invalidate(user.id().toString(), user.version()));
    return completed;
  }
}
