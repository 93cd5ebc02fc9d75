package dev.mlstack.track.environment;

import dev.mlstack.run.EnvironmentFacts;
import dev.mlstack.store.Value;
import dev.mlstack.track.git.GitCheckout;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;

/** Asks the process for what {@link Environment} tells. */
final class Capture {

  private Capture() {}

  static Value.Doc facts(EnvironmentOptions options) {
    Value.Doc.Builder facts =
        Value.doc()
            .put("java", java())
            .put("process", process())
            .put("os", os())
            .put("classPath", CodePath.classes())
            .put("modulePath", CodePath.modules())
            .put("variables", variables(options))
            .put("modules", modules());
    GitCheckout.around(options.directory()).ifPresent(git -> facts.put("git", git(git)));
    if (options.userAndHost()) {
      facts.put("user", property("user.name")).put("host", host());
    }
    return facts.build();
  }

  private static Value java() {
    return Value.doc()
        .put("version", property("java.runtime.version"))
        .put("vendor", property("java.vendor"))
        .put("vm", property("java.vm.name"))
        .put("vmVersion", property("java.vm.version"))
        .build();
  }

  private static Value process() {
    Runtime runtime = Runtime.getRuntime();
    List<String> arguments = ManagementFactory.getRuntimeMXBean().getInputArguments();
    List<String> collectors =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .sorted()
            .toList();
    return Value.doc()
        .put("main", mainClass(property("sun.java.command")))
        .put(
            "arguments",
            Value.ofTexts(arguments.stream().map(Secrets::hide).map(Capture::wellFormed).toList()))
        .put("collectors", Value.ofTexts(collectors))
        .put("processors", runtime.availableProcessors())
        .put("maxMemory", runtime.maxMemory())
        .put("locale", Locale.getDefault().toLanguageTag())
        .put("timeZone", TimeZone.getDefault().getID())
        .put("charset", Charset.defaultCharset().name())
        .build();
  }

  /**
   * Returns the main class, or the name of the jar that was started. What stands behind it, the
   * arguments of the program, may be secret.
   */
  static String mainClass(String command) {
    String first = command.split(" ", 2)[0];
    int path = Math.max(first.lastIndexOf('/'), first.lastIndexOf('\\'));
    return first.endsWith(".jar") ? first.substring(path + 1) : first;
  }

  private static Value os() {
    return Value.doc()
        .put("name", property("os.name"))
        .put("version", property("os.version"))
        .put("architecture", property("os.arch"))
        .build();
  }

  private static Value git(GitCheckout git) {
    Value.Doc.Builder doc = Value.doc();
    git.revision().ifPresent(revision -> doc.put("revision", revision));
    git.branch().ifPresent(branch -> doc.put("branch", branch));
    git.modified().ifPresent(modified -> doc.put("modified", modified));
    return doc.build();
  }

  private static Value variables(EnvironmentOptions options) {
    Value.Doc.Builder doc = Value.doc();
    for (String name : options.variables()) {
      String value = System.getenv(name);
      if (value != null) {
        doc.put(name, wellFormed(value));
      }
    }
    return doc.build();
  }

  /** Asks all modules. What one cannot tell must not end a run; that it could not is told. */
  private static Value modules() {
    SortedMap<String, Value> told = new TreeMap<>();
    try {
      ServiceLoader.load(EnvironmentFacts.class).stream().forEach(module -> ask(module, told));
    } catch (ServiceConfigurationError e) {
      told.put(EnvironmentFacts.class.getName(), error(e));
    }
    return new Value.Doc(told);
  }

  private static void ask(
      ServiceLoader.Provider<EnvironmentFacts> module, SortedMap<String, Value> told) {
    try {
      EnvironmentFacts facts = module.get();
      told.put(wellFormed(facts.name()), facts.facts());
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      told.put(module.type().getName(), error(e));
    }
  }

  private static Value error(Throwable e) {
    return Value.doc().put("error", wellFormed(e.toString())).build();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }

  private static String property(String name) {
    return wellFormed(System.getProperty(name, ""));
  }

  /** Returns a text with each half of a surrogate pair replaced, so that it can be stored. */
  private static String wellFormed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
