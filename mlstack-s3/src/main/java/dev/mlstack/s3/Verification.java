package dev.mlstack.s3;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.internal.Marking;
import dev.mlstack.core.internal.Workers;
import dev.mlstack.core.store.Erasure;
import dev.mlstack.s3.PackIndex.Entry;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.store.StoredObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads all of an {@link S3Store} and tells what is wrong with it. */
final class Verification {

  private static final String TASK = "verify objects";

  private final S3Parts parts;
  private final Execution execution;

  Verification(S3Parts parts, Execution execution) {
    this.parts = parts;
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

  List<StoreProblem> run() {
    parts.catalog().refresh();
    List<Findings> findings = Workers.map(parts.catalog().packs(), this::check, execution, TASK);
    parts.catalog().refresh();
    Set<String> condemned = parts.condemned().names();
    Set<Digest> erased = new HashSet<>();
    findings.forEach(found -> erased.addAll(found.erased()));
    List<StoreProblem> problems = new ArrayList<>();
    for (Findings found : findings) {
      problems.addAll(found.problems());
      found.missing().removeIf(hold -> erased.contains(hold.edge().target()));
      found.missing().stream()
          .flatMap(hold -> problem(hold, condemned).stream())
          .forEach(problems::add);
    }
    return problems;
  }

  private Findings check(PackIndex pack) {
    Findings findings = new Findings();
    if (pack.damage() != null) {
      findings.problems().add(problem(pack));
    }
    boolean whole =
        parts
            .reader()
            .scan(
                pack,
                pack.inPackOrder(),
                (entry, object) -> {
                  execution.checkCancelled(TASK);
                  check(new Place(pack, entry), object, findings);
                });
    // A pack that is gone was collected since; what was needed of it is in another pack.
    return whole ? findings : new Findings();
  }

  private void check(Place place, Optional<StoredObject> object, Findings findings) {
    Entry entry = place.entry();
    if (object.isEmpty()) {
      String where = parts.reader().describe(place);
      String what = String.valueOf(new CorruptObjectException(entry.digest(), where).getMessage());
      findings.problems().add(new StoreProblem(Optional.of(entry.digest()), where, what));
      return;
    }
    Erasure.erasedBy(object.get()).ifPresent(findings.erased()::add);
    List<Edge> edges = object.get().edges();
    List<Digest> held = place.pack().held(place.pack().find(entry.digest().toBytes()));
    if (!held.equals(Marking.held(edges))) {
      findings.problems().add(wrongIndex(place));
    }
    for (Edge edge : edges) {
      if (edge.holds() && parts.catalog().find(edge.target()) == null) {
        findings.missing().add(new Hold(entry.digest(), edge));
      }
    }
  }

  private StoreProblem wrongIndex(Place place) {
    return new StoreProblem(
        Optional.of(place.entry().digest()),
        parts.reader().describe(place),
        "the index of the pack names other targets than the object; restore the pack from a copy of"
            + " the bucket");
  }

  private StoreProblem problem(PackIndex pack) {
    return new StoreProblem(
        Optional.empty(),
        parts.bucket().describe(PackBuilder.PACKS + pack.name()),
        "the pack is damaged: " + pack.damage() + "; restore it from a copy of the bucket");
  }

  /**
   * Looks again at what was missing: others may have stored it or collected the holder meanwhile.
   * In a condemned pack, only garbage can hold what is gone.
   */
  private Optional<StoreProblem> problem(Hold hold, Set<String> condemned) {
    Place holder = parts.catalog().find(hold.holder());
    if (holder == null
        || condemned.contains(holder.pack().name())
        || parts.catalog().find(hold.edge().target()) != null) {
      return Optional.empty();
    }
    String what =
        "object "
            + hold.holder()
            + " holds "
            + hold.edge().target()
            + " as '"
            + hold.edge().name()
            + "', which is missing; restore it from a copy of the bucket";
    return Optional.of(
        new StoreProblem(Optional.of(hold.holder()), parts.reader().describe(holder), what));
  }
}
