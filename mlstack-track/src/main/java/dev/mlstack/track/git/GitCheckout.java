package dev.mlstack.track.git;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A directory that Git has checked out: a repository with its files, or a worktree of one.
 *
 * <p>Everything is read from files; what cannot be read or is of a form not known here is left out,
 * never guessed.
 */
public final class GitCheckout {

  private static final String GIT = ".git";
  private static final String GIT_DIR = "gitdir: ";
  private static final String REF = "ref: ";
  private static final String BRANCH = "refs/heads/";
  private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  private final Path root;
  private final Path gitDir;
  private final Path commonDir;

  private GitCheckout(Path root, Path gitDir, Path commonDir) {
    this.root = root;
    this.gitDir = gitDir;
    this.commonDir = commonDir;
  }

  /** Returns the checkout that a directory is in, if it is in one. */
  public static Optional<GitCheckout> around(Path directory) {
    for (Path at = directory.toAbsolutePath(); at != null; at = at.getParent()) {
      Path git = at.resolve(GIT);
      if (Files.exists(git)) {
        return at(at, git);
      }
    }
    return Optional.empty();
  }

  private static Optional<GitCheckout> at(Path root, Path git) {
    try {
      if (Files.isDirectory(git)) {
        return Optional.of(new GitCheckout(root, git, git));
      }
      String line = Files.readString(git).strip();
      if (!line.startsWith(GIT_DIR)) {
        return Optional.empty();
      }
      Path gitDir = root.resolve(line.substring(GIT_DIR.length())).normalize();
      Path pointer = gitDir.resolve("commondir");
      Path common =
          Files.exists(pointer)
              ? gitDir.resolve(Files.readString(pointer).strip()).normalize()
              : gitDir;
      return Optional.of(new GitCheckout(root, gitDir, common));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Returns the name of the commit that is checked out, if there is one and it can be read. */
  public Optional<String> revision() {
    try {
      String head = head();
      return head.startsWith(REF)
          ? resolve(head.substring(REF.length()))
          : Optional.of(head).filter(GitCheckout::isObject);
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Returns the branch that is checked out, unless it is a commit of its own. */
  public Optional<String> branch() {
    try {
      String head = head();
      return head.startsWith(REF + BRANCH)
          ? Optional.of(head.substring((REF + BRANCH).length()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Tells whether any file that Git tracks has another content than in the commit that is checked
   * out. Files that Git does not track do not matter. Empty if that cannot be told.
   */
  public Optional<Boolean> modified() {
    Optional<String> revision = revision();
    if (revision.isEmpty()) {
      return Optional.empty();
    }
    try {
      return modified(revision.get());
    } catch (IOException
        | BufferUnderflowException
        | IllegalArgumentException
        | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private Optional<Boolean> modified(String revision) throws IOException {
    GitIndex index = GitIndex.read(gitDir.resolve("index"), revision.length() / 2);
    if (index.differsFrom(root)) {
      return Optional.of(true);
    }
    if (index.incomplete()) {
      return Optional.empty();
    }
    Optional<String> tree = GitCommits.in(commonDir.resolve("objects")).tree(revision);
    return tree.flatMap(committed -> index.tree().map(staged -> !staged.equals(committed)));
  }

  private String head() throws IOException {
    return Files.readString(gitDir.resolve("HEAD")).strip();
  }

  private Optional<String> resolve(String ref) throws IOException {
    for (Path directory : new Path[] {gitDir, commonDir}) {
      Path file = directory.resolve(ref);
      if (Files.isRegularFile(file)) {
        return Optional.of(Files.readString(file).strip()).filter(GitCheckout::isObject);
      }
    }
    return packed(ref);
  }

  private Optional<String> packed(String ref) throws IOException {
    Path file = commonDir.resolve("packed-refs");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    for (String line : Files.readAllLines(file)) {
      int space = line.indexOf(' ');
      if (space > 0 && line.substring(space + 1).equals(ref)) {
        return Optional.of(line.substring(0, space)).filter(GitCheckout::isObject);
      }
    }
    return Optional.empty();
  }

  private static boolean isObject(String text) {
    return OBJECT.matcher(text).matches();
  }
}
