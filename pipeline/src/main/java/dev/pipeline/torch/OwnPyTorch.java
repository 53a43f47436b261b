package dev.pipeline.torch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PyTorch of the user's own, as pip or libtorch's archive leave it on the disk.
 *
 * @param path what the user wrote
 * @param torch whether a folder of {@code path} holds libtorch.so; DJL passes over it otherwise
 * @param cuda whether that folder holds libtorch_cuda.so, too
 * @param version what its files say, such as {@code 2.7.1+cu128}; empty when nothing says
 */
public record OwnPyTorch(String path, boolean torch, boolean cuda, String version) {
  private static final Pattern FOLDERS = Pattern.compile(File.pathSeparator, Pattern.LITERAL);
  private static final Pattern PIP = Pattern.compile("__version__ = '([^']+)'");
  private static final String LIBRARY = "libtorch.so";

  /** Looks into {@code path} as DJL does: folders, or libtorch.so itself, the first that fits. */
  static OwnPyTorch in(String path) {
    return FOLDERS
        .splitAsStream(path)
        .map(Path::of)
        .map(each -> each.endsWith(LIBRARY) ? each.resolveSibling("") : each)
        .filter(folder -> Files.isRegularFile(folder.resolve(LIBRARY)))
        .findFirst()
        .map(
            folder ->
                new OwnPyTorch(
                    path, true, Files.exists(folder.resolve("libtorch_cuda.so")), version(folder)))
        .orElseGet(() -> new OwnPyTorch(path, false, false, ""));
  }

  private static String version(Path folder) {
    Path archive = folder.resolveSibling("build-version");
    Path pip = folder.resolveSibling("version.py");
    try {
      if (Files.exists(archive)) {
        return Files.readString(archive).strip();
      }
      Matcher matcher = PIP.matcher(Files.exists(pip) ? Files.readString(pip) : "");
      return matcher.find() ? matcher.group(1) : "";
    } catch (IOException unreadable) {
      return "";
    }
  }
}
