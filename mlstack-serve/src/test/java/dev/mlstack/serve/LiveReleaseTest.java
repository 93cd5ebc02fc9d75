package dev.mlstack.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.core.model.FittedModels;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.Label;
import dev.mlstack.model.Regression;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.release.ModelVersion;
import dev.mlstack.release.Release;
import dev.mlstack.serve.LiveRelease.Answering;
import dev.mlstack.store.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveReleaseTest {

  private static final Label<Regression> LABEL = Label.number("price");
  private static final int IDS = 20_000;

  private final Shop shop = new Shop();

  @BeforeEach
  void nothingIsOpen() {
    GuardedModel.reset();
  }

  private LiveRelease<Regression> live(double... shares) {
    Map<ModelVersion, Double> byVersion = new LinkedHashMap<>();
    for (double share : shares) {
      byVersion.put(shop.guarded(LABEL, byVersion.size()), share);
    }
    Release release = shop.releases.deploy("credit", byVersion, Shop.ADA);
    List<Answering<Regression>> routes = new ArrayList<>();
    double upTo = 0;
    for (Release.Route route : release.routes()) {
      FittedModel<Regression> model = FittedModels.load(shop.store, route.fittedModel(), LABEL);
      upTo += route.share();
      routes.add(new Answering<>(route.fittedModel(), model, model.predictor(Shop.INPUT), upTo));
    }
    return new LiveRelease<>(release, routes);
  }

  @Test
  void route_isTheSameForTheSameId_andTakesItsShare() {
    LiveRelease<Regression> live = live(0.5, 0.3, 0.2);
    PredictionIds ids = new PredictionIds(() -> 1_700_000_000_000L);
    Map<Digest, Integer> taken = new HashMap<>();
    for (int i = 0; i < IDS; i++) {
      PredictionId id = ids.next();
      Digest route = live.route(id).fittedModel();
      assertThat(live.route(id).fittedModel()).isEqualTo(route);
      taken.merge(route, 1, Integer::sum);
    }
    for (Release.Route route : live.release().routes()) {
      // Six standard deviations of a binomial variable.
      double deviation = Math.sqrt(route.share() * (1 - route.share()) / IDS);
      assertThat(taken.getOrDefault(route.fittedModel(), 0) / (double) IDS)
          .isCloseTo(route.share(), within(6 * deviation));
    }
    live.retire();
    assertThat(GuardedModel.OPEN).hasValue(0);
  }

  @Test
  void theModels_areClosedWithTheLastAnswer_andNobodyEntersAfterwards() {
    LiveRelease<Regression> live = live(0.5, 0.5);
    assertThat(live.enter()).isTrue();
    assertThat(live.enter()).isTrue();
    live.retire();
    assertThat(live.enter()).isTrue();
    live.leave();
    live.leave();
    assertThat(GuardedModel.OPEN).hasValue(2);
    live.leave();
    assertThat(GuardedModel.OPEN).hasValue(0);
    assertThat(live.enter()).isFalse();
    assertThat(GuardedModel.FAULTS).hasValue(0);
  }
}
