package dev.pipeline.train;

import dev.pipeline.model.LoraAdapter;
import dev.pipeline.model.LoraSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reference as a second adapter on each device's base, which takes its turn with the one that
 * is trained: a few megabytes instead of a second model, for a second way through it.
 */
final class FrozenAdapter implements Reference {
  private final Map<Replica, LoraAdapter> adapters = new LinkedHashMap<>();

  /** The adapter that has these {@code values}, beside what each of {@code replicas} trains. */
  FrozenAdapter(Replicas replicas, LoraSpec spec, Map<String, float[]> values) {
    for (Replica replica : replicas.all()) {
      adapters.put(
          replica,
          LoraAdapter.of(
              replica.torch(),
              replica.decoder().architecture(),
              replica.decoder().shape(),
              spec,
              values));
    }
  }

  @Override
  public float[] tokenLosses(Replica replica, List<PreferenceRow> rows, Batch batch) {
    return replica.pass().tokenLosses(batch, adapters.get(replica));
  }

  @Override
  public void close() {
    adapters.values().forEach(LoraAdapter::close);
  }
}
