using Disguise.Host.Experiments;

namespace Disguise.Host.Validation;

/// <summary>One run that rows of a suite take their values from.</summary>
/// <param name="Name">What formulas call it.</param>
/// <param name="Experiment">The experiment's file in the checkout.</param>
/// <param name="Architecture">Under which architecture.</param>
/// <param name="Settings">What it sets, as <c>--set</c> does.</param>
public sealed record SuiteRun(
    string Name, string Experiment, string Architecture, IReadOnlyList<Override> Settings);
