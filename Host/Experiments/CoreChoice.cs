namespace Disguise.Host.Experiments;

/// <summary>
/// On which core a tenant runs: any, by the kernel's scheduler (the default value); one that it
/// has for itself; or core <paramref name="Number"/>.
/// </summary>
/// <param name="IsOwn">Whether it is pinned to a core that no other tenant has.</param>
/// <param name="Number">The core, from 0; null if none is named.</param>
public readonly record struct CoreChoice(bool IsOwn, int? Number)
{
    /// <summary>Any core.</summary>
    public static CoreChoice Shared => default;

    /// <summary>A core for itself.</summary>
    public static CoreChoice Own => new(true, null);

    /// <summary>One named core.</summary>
    public static CoreChoice Fixed(int number) => new(false, number);

    /// <summary>Whether the kernel's scheduler decides.</summary>
    public bool IsShared => !IsOwn && Number is null;

    /// <summary>As in the file.</summary>
    public override string ToString() => IsOwn ? "own" : Number?.ToString() ?? "shared";
}
