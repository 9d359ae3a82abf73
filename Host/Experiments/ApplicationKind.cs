namespace Disguise.Host.Experiments;

/// <summary>A kind of application that a tenant, or a client, can run.</summary>
/// <param name="Name">Its name in <c>kind:</c>.</param>
/// <param name="IsClient">Whether clients run it; else tenants do.</param>
/// <param name="Description">One line on what it does.</param>
/// <param name="Settings">What can be set.</param>
public sealed record ApplicationKind(
    string Name,
    bool IsClient,
    string Description,
    IReadOnlyList<ApplicationSetting> Settings
)
{
    /// <summary>Whether it forks: an architecture under which nobody can refuses to run it.
    /// </summary>
    public bool Forks { get; init; }
}
