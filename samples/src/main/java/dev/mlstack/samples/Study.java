package dev.mlstack.samples;

import dev.mlstack.data.check.Checks;
import dev.mlstack.data.read.Csv;
import dev.mlstack.model.Label;
import dev.mlstack.model.ModelRecipe;
import dev.mlstack.table.Dataset;
import java.util.List;
import java.util.function.Function;

/**
 * What the whole loop is walked with.
 *
 * @param name the name of the dataset, the models and the endpoint
 * @param source the data
 * @param checks what the data must be
 * @param label what is predicted
 * @param inputs what the endpoint takes
 * @param candidates gives the recipes that compete for some training data: the baseline first, and
 *     at least two more
 * @param <I> the input of the endpoint
 * @param <A> the answer
 */
record Study<I, A>(
    String name,
    Csv source,
    Checks checks,
    Label<A> label,
    Inputs<I> inputs,
    Function<Dataset, List<ModelRecipe<A>>> candidates) {}
