namespace Disguise.Kernels.Exokernel.Network;

/// <summary>What an environment is told of its network binding, in one word.</summary>
/// <param name="Word">From the least significant bit: function (32), vector + 1 (16).</param>
public readonly record struct BindingValue(long Word)
{
    /// <summary>In place of a vector: arrivals interrupt nobody.</summary>
    public const int NoVector = -1;

    /// <summary>The virtual function that is bound.</summary>
    public int Function => (int)Word;

    /// <summary>The function's MSI-X vector of arrivals, or <see cref="NoVector"/>.</summary>
    public int Vector => (int)(Word >> 32) - 1;

    internal static BindingValue Of(int function, int vector) =>
        new((uint)function | ((long)(vector + 1) << 32));
}
