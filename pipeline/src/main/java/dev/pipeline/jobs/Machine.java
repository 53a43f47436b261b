package dev.pipeline.jobs;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What the machine, or the container that stands for it, has. */
final class Machine {
  private Machine() {}

  /** Physical memory in bytes. */
  static long memory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
