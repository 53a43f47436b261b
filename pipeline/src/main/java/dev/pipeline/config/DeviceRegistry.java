package dev.pipeline.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Known devices.
 *
 * @param folder holds {@code <name>.yaml} with the keys of {@link DeviceConfig}, all of them
 */
public record DeviceRegistry(Path folder) {
  /** None of it ever holds: a file says everything. */
  private static final DeviceConfig EMPTY = new DeviceConfig(1, 1, 1, "-", "-");

  /** The names of all devices, sorted. */
  public List<String> names() {
    return registry().names();
  }

  /** The device called {@code name}; {@code where} is where the name stood. */
  public DeviceConfig device(String name, String where) {
    return RecordBinder.fill(name, EMPTY, registry().entry(name, where));
  }

  private Registry registry() {
    return new Registry(
        folder, "device", RecordBinder.keys(DeviceConfig.class), "configs/devices/h100.yaml");
  }
}
