package dev.pipeline.torch;

import ai.djl.Device;
import dev.pipeline.io.Failure;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Which devices of a machine a setting means. */
final class DeviceChoice {
  private static final Pattern SETTING = Pattern.compile("cpu|auto|cuda(:\\d{1,3}(,\\d{1,3})*)?");
  private static final Pattern COMMA = Pattern.compile(",");
  private static final String NUMBERED = "cuda:";

  private DeviceChoice() {}

  /**
   * The devices, the first of which keeps what is trained.
   *
   * @param setting {@code cpu}; {@code cuda} for all GPUs; {@code cuda:1} or {@code cuda:0,2} for
   *     some; {@code auto} for all GPUs or, without any, the CPU
   * @param gpus GPUs that PyTorch sees
   */
  static List<Device> of(String setting, int gpus) {
    if (!SETTING.matcher(setting).matches()) {
      throw Failure.usage("device: " + setting, "use cpu, cuda, auto, or GPUs such as cuda:0,1");
    }
    if (setting.equals("cpu") || (setting.equals("auto") && gpus == 0)) {
      return List.of(Device.cpu());
    }
    if (gpus == 0) {
      throw Failure.infrastructure(
          "device: " + setting + " is configured, but PyTorch sees no GPU",
          "set device: cpu, or let pipeline doctor say what is missing",
          null);
    }
    if (!setting.startsWith(NUMBERED)) {
      return IntStream.range(0, gpus).mapToObj(Device::gpu).toList();
    }
    return COMMA
        .splitAsStream(setting.substring(NUMBERED.length()))
        .map(number -> gpu(setting, Integer.parseInt(number), gpus))
        .toList();
  }

  private static Device gpu(String setting, int number, int gpus) {
    if (number >= gpus) {
      throw Failure.infrastructure(
          "device: " + setting + " is configured, but PyTorch sees " + gpus + ", from cuda:0 on",
          "name GPUs that are there, or device: cuda for all of them",
          null);
    }
    return Device.gpu(number);
  }
}
