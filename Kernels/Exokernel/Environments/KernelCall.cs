namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>What an environment asks its kernel for.</summary>
public abstract record KernelCall
{
    private protected KernelCall()
    {
    }

    /// <summary>Of what it says.</summary>
    internal abstract ulong Digest { get; }

    /// <summary>The call's name in words joined by hyphens.</summary>
    internal abstract string Name { get; }

    /// <summary>Allocates frames in a row; the value is the first.</summary>
    public sealed record AllocateFrames(int Pages) : KernelCall
    {
        internal override string Name => "allocate-frames";

        internal override ulong Digest => Actors.Crossings.Digest.Of(1, (ulong)Pages);
    }

    /// <summary>Maps frames of the environment's own into its page tables.</summary>
    public sealed record MapPages(long FirstPage, long FirstFrame, int Pages, bool IsWritable)
        : KernelCall
    {
        internal override string Name => "map-pages";

        internal override ulong Digest => Actors.Crossings.Digest.Of(
            2, (ulong)FirstPage, (ulong)FirstFrame, ((ulong)Pages << 1) | (IsWritable ? 1UL : 0));
    }

    /// <summary>
    /// Binds the network: frames for an address reach the environment from now on. The value is a
    /// <see cref="Network.BindingValue"/>.
    /// </summary>
    public sealed record BindNetwork(
        ulong Mac, uint Ip, bool HasInterrupt, long BitsPerSecond) : KernelCall
    {
        internal override string Name => "bind-network";

        internal override ulong Digest => Actors.Crossings.Digest.Of(
            3, Mac, ((ulong)Ip << 1) | (HasInterrupt ? 1UL : 0), (ulong)BitsPerSecond);
    }

    /// <summary>Gives the network binding back.</summary>
    public sealed record UnbindNetwork : KernelCall
    {
        internal override string Name => "unbind-network";

        internal override ulong Digest => 4;
    }
}
