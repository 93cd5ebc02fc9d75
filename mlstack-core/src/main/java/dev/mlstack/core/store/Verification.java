package dev.mlstack.core.store;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.internal.Workers;
import dev.mlstack.core.store.PackTable.Place;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.store.StoredObject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads all of a {@link DirectoryStore} and tells what is wrong with it. */
final class Verification {

  private static final String TASK = "verify objects";

  private final StoreDirectory directory;
  private final Execution execution;

  Verification(StoreDirectory directory, Execution execution) {
    this.directory = directory;
    this.execution = execution;
  }

  /** What was found in one pack. */
  private record Findings(List<StoreProblem> problems, List<Hold> missing, List<Digest> erased) {
    Findings() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  /** An edge that holds, and the object that has it. */
  private record Hold(Digest holder, Edge edge) {}

  List<StoreProblem> run() throws IOException {
    directory.catalog().refresh();
    List<Pack> packs = directory.catalog().packs();
    List<Findings> findings = Workers.map(packs, this::check, execution, TASK);
    directory.catalog().refresh();
    Set<Digest> erased = new HashSet<>();
    findings.forEach(found -> erased.addAll(found.erased()));
    List<StoreProblem> problems = new ArrayList<>();
    for (Findings found : findings) {
      problems.addAll(found.problems());
      found.missing().removeIf(hold -> erased.contains(hold.edge().target()));
      found.missing().stream().flatMap(hold -> problem(hold).stream()).forEach(problems::add);
    }
    return problems;
  }

  private Findings check(Pack known) {
    Findings findings = new Findings();
    try {
      Pack pack = PackLoader.load(known.file());
      if (pack.damage() != null) {
        findings.problems().add(problem(pack));
      }
      for (int position : pack.inFileOrder()) {
        execution.checkCancelled(TASK);
        check(new Place(pack, position), findings);
      }
    } catch (NoSuchFileException e) {
      return findings; // Collected since; what was needed of it is in another pack.
    } catch (IOException e) {
      throw directory.failure("verify", e);
    }
    return findings;
  }

  private void check(Place place, Findings findings) throws IOException {
    try {
      directory.reader().edges(place);
      StoredObject object = directory.reader().read(place);
      Erasure.erasedBy(object).ifPresent(findings.erased()::add);
      for (Edge edge : object.edges()) {
        if (edge.holds() && directory.catalog().find(edge.target()) == null) {
          findings.missing().add(new Hold(object.digest(), edge));
        }
      }
    } catch (StoreException e) {
      if (place.pack().isPatch(place.position()) && !directory.condemned().spares(place.pack())) {
        return; // A collection has deleted the base, and put the object in full elsewhere.
      }
      Optional<Digest> digest = Optional.of(place.entry().digest());
      String what = String.valueOf(e.getMessage());
      findings.problems().add(new StoreProblem(digest, PackReader.where(place), what));
    }
  }

  private static StoreProblem problem(Pack pack) {
    return new StoreProblem(
        Optional.empty(),
        pack.toString(),
        pack.damage() + "; restore the file from a copy of the store");
  }

  /**
   * Looks again at what was missing: others may have stored it or collected the holder meanwhile.
   * In a condemned pack, only garbage can hold what is gone.
   */
  private Optional<StoreProblem> problem(Hold hold) {
    Place holder = directory.catalog().find(hold.holder());
    if (holder == null
        || !directory.condemned().spares(holder.pack())
        || directory.catalog().find(hold.edge().target()) != null) {
      return Optional.empty();
    }
    return Optional.of(missing(hold.holder(), PackReader.where(holder), hold.edge()));
  }

  /** Returns the problem that an object holds another that is not there. */
  static StoreProblem missing(Digest holder, String where, Edge edge) {
    String what =
        "object "
            + holder
            + " holds "
            + edge.target()
            + " as '"
            + edge.name()
            + "', which is missing; restore it from a copy of the store";
    return new StoreProblem(Optional.of(holder), where, what);
  }
}
