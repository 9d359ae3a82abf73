using System.Text.Json.Serialization;

namespace Disguise.Host.Results;

/// <summary>One expectation of the experiment, with both sides as they came out.</summary>
public sealed record CheckResult
{
    /// <summary>The expectation as written.</summary>
    public required string Expect { get; init; }

    /// <summary>The left side's value; null when it was not measured or its run not made.</summary>
    public double? Left { get; init; }

    /// <summary>The right side's value; null as for <see cref="Left"/>.</summary>
    public double? Right { get; init; }

    /// <summary>Whether it holds; null when it could not be checked.</summary>
    public bool? Holds { get; init; }

    /// <summary>Why it could not be checked, or fails without two values; else left out.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}
