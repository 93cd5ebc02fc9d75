package dev.mlstack.data.transform;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A complete plan of any number of parts. */
final class CombinedFeatures extends Features {

  private final List<Part> parts;

  /** Puts the parts into one order, so that equal plans have equal documents. */
  CombinedFeatures(List<Part> parts) {
    this.parts =
        parts.stream().sorted(Comparator.comparing(p -> p.toValue().canonicalJson())).toList();
    Set<Group> groups = new HashSet<>();
    for (Part part : parts) {
      Optional.of(part)
          .filter(Part::takesWhole)
          .flatMap(Part::group)
          .filter(group -> !groups.add(group))
          .ifPresent(
              group -> {
                throw new IllegalArgumentException(
                    "parts must be for different columns but two are for all "
                        + group
                        + " columns; name the columns that shall be treated in another way");
              });
    }
  }

  @Override
  List<Part> parts() {
    return parts;
  }
}
