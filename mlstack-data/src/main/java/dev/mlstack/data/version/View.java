package dev.mlstack.data.version;

import dev.mlstack.data.access.AccessDeniedException;
import dev.mlstack.data.access.AuditLog;
import dev.mlstack.data.access.AuditedRead;
import dev.mlstack.data.access.AuditedRead.What;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sees of a version, and who hears of it when they read. Immutable.
 *
 * <p>A hidden column may be missing and has no values: a category has lost its list. It is no key,
 * and then no other column is: they identify rows only together. The identities of rows are hashes
 * of their keys, or of all values where there are no keys; if hidden values would go into them, the
 * positions of the rows take their place, so that nobody finds a value by trying.
 */
final class View {

  private static final FieldType HIDDEN_CATEGORY = FieldType.category(List.of("hidden"));

  private final Schema stored;
  private final BitSet hidden;
  private final What what;
  private final @Nullable Reader reader;
  private final boolean hidesIdentities;
  private final Schema schema;

  /**
   * Who reads.
   *
   * @param who a person or a program
   * @param dataset the name of the dataset
   * @param commit the version
   * @param audit hears of it
   */
  record Reader(String who, String dataset, Optional<Digest> commit, AuditLog audit) {}

  /**
   * Creates a view.
   *
   * @param stored the columns as they are stored
   * @param hidden which of them are hidden; not copied
   * @param what the part of a version that is seen
   * @param reader who reads; if null, nobody asks
   */
  View(Schema stored, BitSet hidden, What what, @Nullable Reader reader) {
    this.stored = stored;
    this.hidden = hidden;
    this.what = what;
    this.reader = reader;
    int[] keys = RowIdentities.keys(stored);
    IntStream identifying =
        keys.length == 0 ? IntStream.range(0, stored.size()) : IntStream.of(keys);
    this.hidesIdentities = identifying.anyMatch(hidden::get);
    this.schema = hidden.isEmpty() ? stored : seen();
  }

  /** Returns the view of one who may see everything and of whom nobody hears. */
  static View whole(Schema stored) {
    return new View(stored, new BitSet(), What.ROWS, null);
  }

  private Schema seen() {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < stored.size(); i++) {
      Field field = stored.field(i);
      Field known = hidesIdentities && field.role() == Role.KEY ? field.withRole(Role.NOTE) : field;
      fields.add(hidden.get(i) ? hidden(known) : known);
    }
    return Schema.of(fields);
  }

  private static Field hidden(Field field) {
    FieldType type = field.type() instanceof FieldType.Category ? HIDDEN_CATEGORY : field.type();
    return new Field(field.name(), type, /* nullable= */ true, field.role(), field.tags());
  }

  /** Returns the columns as they are seen. */
  Schema schema() {
    return schema;
  }

  /** Tells whether nothing is hidden. */
  boolean isWhole() {
    return hidden.isEmpty();
  }

  boolean isHidden(int column) {
    return hidden.get(column);
  }

  boolean hidesIdentities() {
    return hidesIdentities;
  }

  /** Returns the digest of what is seen of a content. */
  Digest digest(Digest content) {
    if (isWhole()) {
      return content;
    }
    Value.Doc seen =
        Value.doc()
            .put("content", content.hex())
            .put("hidden", Value.ofTexts(hiddenNames()))
            .build();
    return Digest.of(seen.canonicalJson().getBytes(StandardCharsets.UTF_8));
  }

  private List<String> hiddenNames() {
    return names(hidden::get);
  }

  private List<String> names(IntPredicate which) {
    return IntStream.range(0, stored.size())
        .filter(which)
        .mapToObj(i -> stored.field(i).name())
        .toList();
  }

  /**
   * Makes sure that nothing is hidden.
   *
   * @param deed what somebody wants to do for which they must see everything
   */
  void requireWhole(String deed) {
    if (reader != null && !isWhole()) {
      throw AccessDeniedException.of(
          reader.who(), deed, reader.dataset(), stored.field(hidden.nextSetBit(0)).name());
    }
  }

  /** Makes sure that the identities of rows can be seen. */
  void requireIdentities(String deed) {
    if (hidesIdentities) {
      requireWhole(deed);
    }
  }

  /**
   * Returns the view of rows that were set aside: if anything is hidden, so is what they quote. It
   * cannot be told to which columns that belongs.
   */
  View ofRejected(Schema rejected) {
    BitSet quotes = new BitSet();
    if (!isWhole()) {
      RejectedRows.QUOTES.forEach(name -> quotes.set(rejected.indexOf(name)));
    }
    return new View(rejected, quotes, What.REJECTED, reader);
  }

  /** Returns the view of a report of checks, which has no columns. */
  View ofChecks() {
    return new View(Schema.of(), new BitSet(), What.CHECKS, reader);
  }

  /** Tells whoever listens that a content is about to be read. */
  void tell(Digest content) {
    if (reader != null) {
      reader.audit().record(read(reader, content));
    }
  }

  private AuditedRead read(Reader by, Digest content) {
    return new AuditedRead(
        by.who(),
        by.dataset(),
        what,
        by.commit(),
        content,
        names(i -> !hidden.get(i)),
        hiddenNames(),
        Instant.now());
  }

  /** Returns what tells once, however often it is run: until the log has taken note. */
  Runnable tellingOnce(Digest content) {
    if (reader == null) {
      return () -> {};
    }
    return new Runnable() {
      private boolean told;

      @Override
      public synchronized void run() {
        if (!told) {
          tell(content);
          told = true;
        }
      }
    };
  }
}
