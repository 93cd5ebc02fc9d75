package dev.mlstack.data.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Drivers with oddities that no driver at hand has, made of a real one. */
final class Proxies {

  private Proxies() {}

  /** Answers some calls; {@link #PASS} leaves one to the real object. */
  @FunctionalInterface
  interface Answer {
    @Nullable Object to(Object real, Method method, Object @Nullable [] arguments) throws Throwable;
  }

  /** Leaves a call to the real object. */
  static final Object PASS = new Object();

  /** Returns a connection that lives on when it is closed. */
  static Connection unclosable(Connection connection, AtomicBoolean closed) {
    return wrap(
        Connection.class,
        connection,
        (real, method, arguments) -> {
          if (method.getName().equals("close")) {
            closed.set(true);
            return null;
          }
          return PASS;
        });
  }

  /**
   * Wraps an object of java.sql, and all objects of java.sql that come from it.
   *
   * @param answer is asked first
   */
  static <T> T wrap(Class<T> type, T real, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            Proxies.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object answered = answer.to(real, method, arguments);
              return answered == PASS ? pass(real, method, arguments, answer) : answered;
            }));
  }

  private static @Nullable Object pass(
      Object real, Method method, Object @Nullable [] arguments, Answer answer) throws Throwable {
    try {
      Object result = method.invoke(real, arguments);
      Class<?> type = method.getReturnType();
      boolean sql = type.isInterface() && type.getPackageName().equals("java.sql");
      return result != null && sql ? wrapped(type, result, answer) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T wrapped(Class<T> type, Object real, Answer answer) {
    return wrap(type, type.cast(real), answer);
  }
}
