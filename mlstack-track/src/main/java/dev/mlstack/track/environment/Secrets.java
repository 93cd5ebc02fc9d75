package dev.mlstack.track.environment;

import java.util.Locale;
import java.util.regex.Pattern;

/** Hides what looks like a secret in the arguments of a JVM. */
final class Secrets {

  private static final String HIDDEN = "***";

  private static final Pattern SECRET_NAME =
      Pattern.compile("pass|secret|token|credential|api.?key|private.?key|auth");

  /** The user and the password in the address of a server. */
  private static final Pattern LOGIN = Pattern.compile("//[^/@\\s]+@");

  private Secrets() {}

  /** Returns an argument without the secrets it may have. */
  static String hide(String argument) {
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    boolean agent = name.startsWith("-javaagent") || name.startsWith("-agentpath");
    if (equals >= 0 && (agent || SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).find())) {
      return name + "=" + HIDDEN;
    }
    return LOGIN.matcher(argument).replaceAll("//" + HIDDEN + "@");
  }
}
