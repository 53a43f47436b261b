package dev.pipeline.torch;

import java.util.List;

/** The devices that a run computes on side by side; what is trained lives on the first. */
public final class DeviceGroup implements AutoCloseable {
  private final List<Torch> all;

  private DeviceGroup(List<Torch> all) {
    this.all = all;
  }

  /** All devices that {@code settings} means; {@link Torch#open} takes the first alone. */
  public static DeviceGroup open(EngineSettings settings) {
    return new DeviceGroup(Torch.openAll(settings, Integer.MAX_VALUE));
  }

  /** Devices that are open; they are closed with the group. */
  public static DeviceGroup of(Torch... devices) {
    return new DeviceGroup(List.of(devices));
  }

  /** The device that what is trained lives on. */
  public Torch first() {
    return all.get(0);
  }

  /** All of them. */
  public List<Torch> all() {
    return all;
  }

  @Override
  public void close() {
    all.forEach(Torch::close);
  }
}
