package dev.mlstack.track.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with what Git itself says. */
class GitCheckoutTest {

  private final Path root;
  private final Path outside;

  GitCheckoutTest(@TempDir Path directory) throws IOException {
    this.root = Files.createDirectory(directory.resolve("repo"));
    this.outside = directory;
  }

  @BeforeAll
  static void requireGit() {
    Assumptions.assumeTrue(gitIsThere(), "needs git");
  }

  private static boolean gitIsThere() {
    try {
      return new ProcessBuilder("git", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private String git(String... arguments) throws IOException {
    return git(root, arguments);
  }

  private static String git(Path directory, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    for (String setting : List.of("user.name=ada", "user.email=ada@example.org", "gc.auto=0")) {
      command.addAll(List.of("-c", setting));
    }
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().remove("GIT_DIR");
    Process process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return output;
  }

  private void init(String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("init", "-q", "-b", "main"));
    arguments.addAll(List.of(options));
    git(arguments.toArray(String[]::new));
    Files.createDirectories(root.resolve("src/deep"));
    Files.writeString(root.resolve("a.txt"), "a");
    Files.writeString(root.resolve("src/größe b.txt"), "b");
    Files.writeString(root.resolve("src/deep/c.txt"), "c");
    git("add", ".");
    git("commit", "-q", "-m", "first");
  }

  private GitCheckout checkout() {
    return GitCheckout.around(root.resolve("src")).orElseThrow();
  }

  private void requireAsGitSays() throws IOException {
    assertThat(checkout().revision()).contains(git("rev-parse", "HEAD"));
    boolean modified = !git("status", "--porcelain", "--untracked-files=no").isEmpty();
    assertThat(checkout().modified()).contains(modified);
  }

  @Test
  void outsideOfARepository_isNothing() {
    assertThat(GitCheckout.around(outside)).isEmpty();
  }

  @Test
  void commit_isFoundWithItsBranch() throws IOException {
    init();
    assertThat(checkout().branch()).contains("main");
    assertThat(checkout().modified()).contains(false);
    requireAsGitSays();

    git("checkout", "-q", "-b", "feature/über");
    git("commit", "-q", "--allow-empty", "-m", "second");
    assertThat(checkout().branch()).contains("feature/über");
    requireAsGitSays();
  }

  @Test
  void detachedHead_hasNoBranch() throws IOException {
    init();
    git("checkout", "-q", "--detach");

    assertThat(checkout().branch()).isEmpty();
    requireAsGitSays();
  }

  @Test
  void repositoryWithoutACommit_hasNoRevision() throws IOException {
    git("init", "-q", "-b", "main");
    GitCheckout checkout = GitCheckout.around(root).orElseThrow();

    assertThat(checkout.revision()).isEmpty();
    assertThat(checkout.branch()).contains("main");
    assertThat(checkout.modified()).isEmpty();
  }

  @Test
  void packedRefsAndObjects_areRead() throws IOException {
    init();
    for (int i = 0; i < 30; i++) {
      Files.writeString(root.resolve("a.txt"), "version " + i);
      git("commit", "-q", "-a", "-m", "commit " + i);
    }
    git("pack-refs", "--all");
    git("repack", "-q", "-a", "-d");
    git("prune-packed");

    assertThat(root.resolve(".git/refs/heads/main")).doesNotExist();
    requireAsGitSays();
  }

  @Test
  void worktree_isReadThroughItsFile() throws IOException {
    init();
    Path tree = outside.resolve("tree");
    git("worktree", "add", "-q", "-b", "side", tree.toString());
    git(tree, "commit", "-q", "--allow-empty", "-m", "aside");
    GitCheckout checkout = GitCheckout.around(tree.resolve("src")).orElseThrow();

    assertThat(checkout.revision()).contains(git(tree, "rev-parse", "HEAD"));
    assertThat(checkout.branch()).contains("side");
    assertThat(checkout.modified()).contains(false);
    Files.writeString(tree.resolve("a.txt"), "changed");
    assertThat(checkout.modified()).contains(true);
    assertThat(checkout().modified()).contains(false);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void modified_everyVersionOfTheIndex_isRead(int version) throws IOException {
    init();
    Files.writeString(root.resolve("src/deep/intended.txt"), "i");
    if (version == 3) {
      git("add", "--intent-to-add", "src/deep/intended.txt");
      git("update-index", "--skip-worktree", "a.txt");
      Files.writeString(root.resolve("a.txt"), "nobody looks");
    }
    git("update-index", "--index-version", "" + version);
    byte[] index = Files.readAllBytes(root.resolve(".git/index"));
    assertThat(index[7]).isEqualTo((byte) version);

    assertThat(checkout().modified().orElse(version == 3)).isEqualTo(version == 3);
    Files.writeString(root.resolve("src/größe b.txt"), "changed");
    assertThat(checkout().modified()).contains(true);
  }

  @Test
  void modified_sha256Repository_isRead() throws IOException {
    init("--object-format=sha256");

    assertThat(checkout().revision().orElseThrow()).hasSize(64);
    requireAsGitSays();
    Files.writeString(root.resolve("a.txt"), "b");
    requireAsGitSays();
  }

  @Test
  void modified_fileIsTouchedOnly_isFalse() throws IOException {
    init();
    Files.setLastModifiedTime(root.resolve("a.txt"), FileTime.fromMillis(1_600_000_000_000L));

    assertThat(checkout().modified()).contains(false);
  }

  @Test
  void modified_sameSizeInTheSameMoment_isTrue() throws IOException {
    init();
    Path file = root.resolve("a.txt");
    FileTime time = Files.getLastModifiedTime(root.resolve(".git/index"));
    Files.setLastModifiedTime(file, time);
    git("add", "a.txt");
    Files.writeString(file, "b");
    Files.setLastModifiedTime(file, Files.getLastModifiedTime(root.resolve(".git/index")));

    assertThat(checkout().modified()).contains(true);
  }

  @Test
  void modified_stagedChange_isTrueOrUnknown() throws IOException {
    init();
    Files.writeString(root.resolve("a.txt"), "staged");
    git("add", "a.txt");

    assertThat(checkout().modified()).isNotEqualTo(Optional.of(false));
    git("write-tree");
    assertThat(checkout().modified()).isNotEqualTo(Optional.of(false));
    git("commit", "-q", "-m", "staged");
    assertThat(checkout().modified()).contains(false);
  }

  @Test
  void modified_untrackedFile_isFalse() throws IOException {
    init();
    Files.writeString(root.resolve("new.txt"), "new");

    requireAsGitSays();
  }

  @Test
  void modified_linksAndTypeChanges_areSeen() throws IOException {
    init();
    Path link = root.resolve("link");
    Files.createSymbolicLink(link, Path.of("a.txt"));
    git("add", "link");
    git("commit", "-q", "-m", "link");
    requireAsGitSays();

    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("b.txt"));
    requireAsGitSays();
    Files.delete(link);
    Files.writeString(link, "a.txt");
    requireAsGitSays();
  }

  @Test
  void modified_afterRandomChanges_isAsGitSays() throws IOException {
    Long given = Long.getLong("mlstack.seed");
    long seed = given == null ? ThreadLocalRandom.current().nextLong() : given;
    SplittableRandom random = new SplittableRandom(seed);
    init();
    for (int i = 0; i < 15; i++) {
      Path file = root.resolve("f" + random.nextInt(4));
      switch (random.nextInt(4)) {
        case 0 -> Files.writeString(file, "" + random.nextInt(3));
        case 1 -> Files.deleteIfExists(file);
        default -> {
          git("add", "-A");
          git("commit", "-q", "--allow-empty", "-m", "commit " + i);
        }
      }
      boolean modified = !git("status", "--porcelain", "--untracked-files=no").isEmpty();
      assertThat(checkout().modified()).as("seed %d, step %d", seed, i).contains(modified);
    }
  }

  @Test
  void filesOfAnotherForm_areLeftOut() throws IOException {
    init();
    for (String content : List.of("", "nonsense", "DIRC", "DIRC\0\0\0\2\0\0\0\u0009short")) {
      Files.writeString(root.resolve(".git/index"), content);
      assertThat(checkout().modified()).as(content).isEmpty();
    }
    Files.delete(root.resolve(".git/index"));
    assertThat(checkout().modified()).isEmpty();
    Files.writeString(root.resolve(".git/HEAD"), "ref: refs/heads/\0");
    assertThat(checkout().revision()).isEmpty();
    Files.writeString(root.resolve(".git/HEAD"), "neither ref nor digits");
    assertThat(checkout().revision()).isEmpty();
    assertThat(checkout().branch()).isEmpty();
    Files.delete(root.resolve(".git/HEAD"));
    assertThat(checkout().revision()).isEmpty();
    assertThat(checkout().branch()).isEmpty();
  }
}
