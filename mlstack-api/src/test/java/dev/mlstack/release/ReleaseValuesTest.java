package dev.mlstack.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.release.Release.Route;
import dev.mlstack.store.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseValuesTest {

  private static final Digest DIGEST = Digest.of(new byte[] {1});

  private static Route route(double share) {
    return new Route(DIGEST, DIGEST, Optional.empty(), share);
  }

  private static Release release(List<Route> routes) {
    return new Release("credit", 3, DIGEST, routes, Instant.EPOCH, "ada", "");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.0000001, Double.NaN, Double.POSITIVE_INFINITY})
  void route_shareOutOfRange_isRefused(double share) {
    assertThatThrownBy(() -> route(share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("share must be above 0 and at most 1 but was " + share);
  }

  @Test
  void release_sharesThatSumToOneBarRounding_areTaken() {
    assertThat(release(Collections.nCopies(10, route(0.1))).routes()).hasSize(10);
    assertThat(release(List.of(route(1))).routes()).hasSize(1);
  }

  @Test
  void release_sharesThatDoNot_areRefused() {
    for (List<Route> routes :
        List.of(List.<Route>of(), List.of(route(0.5)), List.of(route(1), route(0.001)))) {
      assertThatThrownBy(() -> release(routes))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("shares of routes must sum to 1");
    }
  }

  @Test
  void release_copiesItsRoutes() {
    List<Route> routes = new ArrayList<>(List.of(route(1)));
    Release release = release(routes);
    routes.clear();

    assertThat(release.routes()).hasSize(1);
  }

  @Test
  void names_areReadable() {
    assertThat(release(List.of(route(1)))).hasToString("credit #3");
    assertThat(
            new ModelVersion("credit", 12, DIGEST, DIGEST, DIGEST, Instant.EPOCH, "ada", "better"))
        .hasToString("credit v12");
  }
}
