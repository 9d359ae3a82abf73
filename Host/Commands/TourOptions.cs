namespace Disguise.Host.Commands;

/// <summary>What <c>tour</c> was asked.</summary>
/// <param name="Common">The options that every verb takes.</param>
/// <param name="Claims">Numbers of claims, as typed; none for all.</param>
public sealed record TourOptions(CommonOptions Common, IReadOnlyList<string> Claims);
