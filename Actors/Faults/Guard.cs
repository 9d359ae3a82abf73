namespace Disguise.Actors.Faults;

/// <summary>
/// One check that refuses an attack, by name. Every guard can be switched off, so that a test can
/// show that the attack succeeds without it.
/// </summary>
public readonly record struct Guard(string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
