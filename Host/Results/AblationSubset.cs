namespace Disguise.Host.Results;

/// <summary>One run of an ablation.</summary>
/// <param name="Removed">The mechanisms whose costs were zero.</param>
/// <param name="Values">What was measured.</param>
/// <param name="Hash">The run hash.</param>
public sealed record AblationSubset(
    IReadOnlyList<string> Removed, AblationValues Values, string? Hash);
