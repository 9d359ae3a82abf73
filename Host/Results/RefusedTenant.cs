namespace Disguise.Host.Results;

/// <summary>A tenant that its kernel refused to set up.</summary>
public sealed record RefusedTenant
{
    /// <summary>The tenant's address.</summary>
    public required string Address { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }
}
