package dev.gatehouse.postgres.embedded;

import dev.gatehouse.postgres.database.DatabaseStartException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tukaani.xz.XZInputStream;

/// The server's programs: an archive on the class path, unpacked once into a folder named after the
/// archive's digest. A folder that is incomplete, for whatever reason, is unpacked again.
record Programs(Path folder) {
  private static final String LIST = "complete.list";

  /// Unpacks what is not there yet.
  ///
  /// @param parent the folder for all versions
  static Programs in(Path parent) throws IOException {
    String archive = archiveName();
    Path folder = parent.resolve(archive.replace(".txz", "-") + digest(archive));
    if (!isComplete(folder)) {
      unpack(archive, folder);
    }
    return new Programs(folder);
  }

  /// Says so as text when this build has none, before anything is written.
  static void requireCarried() throws IOException {
    open(archiveName()).close();
  }

  /// The path of one of them.
  String path(String program) {
    return folder.resolve("bin").resolve(program).toString();
  }

  private static void unpack(String archive, Path folder) throws IOException {
    Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
    Folders.delete(unfinished);
    Files.createDirectories(unfinished);
    try (var tar = new XZInputStream(open(archive))) {
      List<String> list = new TarArchive(tar).unpackInto(unfinished);
      Files.write(unfinished.resolve(LIST), list);
    }
    Folders.delete(folder);
    Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Every file is there in its full size: a crash may have left the names without their content.
  private static boolean isComplete(Path folder) throws IOException {
    Path list = folder.resolve(LIST);
    if (!Files.isRegularFile(list)) {
      return false;
    }
    for (String line : Files.readAllLines(list)) {
      String[] sizeAndName = line.split(" ", 2);
      Path file = folder.resolve(sizeAndName[1]);
      if (!Files.isRegularFile(file) || Files.size(file) != Long.parseLong(sizeAndName[0])) {
        return false;
      }
    }
    return true;
  }

  private static String digest(String archive) throws IOException {
    try (var in = new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 6);
    } catch (NoSuchAlgorithmException impossible) {
      throw new UncheckedIOException(new IOException(impossible));
    }
  }

  private static InputStream open(String archive) {
    return Optional.ofNullable(Programs.class.getResourceAsStream("/" + archive))
        .orElseThrow(
            () ->
                new DatabaseStartException(
                    "this build carries no embedded PostgreSQL for this platform ("
                        + archive
                        + "): set GATEHOUSE_DATABASE_URL"));
  }

  private static String archiveName() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return "postgres-%s-%s.txz"
        .formatted(
            system.startsWith("mac") ? "darwin" : system,
            switch (processor) {
              case "amd64", "x86_64" -> "x86_64";
              case "aarch64", "arm64" -> "arm_64";
              default -> processor;
            });
  }
}
