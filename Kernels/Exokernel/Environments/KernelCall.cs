using Disguise.Actors.Dispatch;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Exokernel.Network;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>What an environment asks its kernel for.</summary>
public abstract record KernelCall
{
    private protected KernelCall()
    {
    }

    /// <summary>Of what it says.</summary>
    internal abstract ulong Digest { get; }

    /// <summary>
    /// Whether the kernel sets a stack up for it (SOSP 1995, Table 4). Which calls do no source
    /// says; assumed: all but nothing at all, what writes translations, like the instructions that
    /// Aegis emulates (Table 3), and what moves a few bytes.
    /// </summary>
    internal virtual bool NeedsStack => true;

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
    /// <see cref="BindingValue"/>.
    /// </summary>
    public sealed record BindNetwork(
        ulong Mac, uint Ip, bool HasInterrupt, long BitsPerSecond) : KernelCall
    {
        internal override string Name => "bind-network";

        internal override ulong Digest => Actors.Crossings.Digest.Of(
            3, Mac, ((ulong)Ip << 1) | (HasInterrupt ? 1UL : 0), (ulong)BitsPerSecond);
    }

    /// <summary>
    /// Takes a free position in the vector of the environment's core. Who shows the capability in
    /// the credential's slot, or one above it, can give it back.
    /// </summary>
    public sealed record AllocateSlice(int Position, int Credential) : KernelCall
    {
        internal override string Name => "allocate-slice";

        internal override ulong Digest =>
            Actors.Crossings.Digest.Of(5, (ulong)Position, (ulong)Credential);
    }

    /// <summary>
    /// Gives a position back, whosever it is, by a credential to its capability. A slice that has
    /// begun there runs to its end.
    /// </summary>
    public sealed record FreeSlice(int Position, int Credential) : KernelCall
    {
        internal override string Name => "free-slice";

        internal override ulong Digest =>
            Actors.Crossings.Digest.Of(6, (ulong)Position, (ulong)Credential);
    }

    /// <summary>The value is the environment's first position at or behind one.</summary>
    public sealed record FindSlice(int From) : KernelCall
    {
        internal override string Name => "find-slice";

        internal override ulong Digest => Actors.Crossings.Digest.Of(7, (ulong)From);
    }

    /// <summary>
    /// Looks at the kernel's book of environments: the value is how many slices the environment
    /// of a number has, the second how many had that number before.
    /// </summary>
    public sealed record CountSlices(int Environment) : KernelCall
    {
        internal override string Name => "count-slices";

        internal override ulong Digest => Actors.Crossings.Digest.Of(8, (ulong)Environment);
    }

    /// <summary>
    /// Makes an environment beside the caller's, whose first credential is that in a slot of the
    /// caller's (Xok: sys_env_alloc). It has no slice, so it does not run before it is given one.
    /// The value is its number, the second how many had that number before. Those that one
    /// environment, those that it has made, and so on, have made are one family, of which there is
    /// a most.
    /// </summary>
    /// <param name="Actor">What it will be: the kernel knows nothing of it yet.</param>
    /// <param name="Context">Its context, which has not run.</param>
    /// <param name="Credential">The slot of the caller's credential.</param>
    public sealed record CreateEnvironment(
        IslandActorRef Actor, CpuContext Context, int Credential) : KernelCall
    {
        internal override string Name => "create-environment";

        internal override ulong Digest =>
            Actors.Crossings.Digest.Of(50, (ulong)Actor.Ordinal, (ulong)Credential);
    }

    /// <summary>
    /// Gives an environment a free position in the vector of its core, by a credential to it.
    /// </summary>
    public sealed record GiveSlice(int Environment, int Credential) : KernelCall
    {
        internal override string Name => "give-slice";

        internal override ulong Digest =>
            Actors.Crossings.Digest.Of(51, (ulong)Environment, (ulong)Credential);
    }

    /// <summary>
    /// Ends another environment, with all that it has, by a credential to it (Xok: sys_env_free).
    /// </summary>
    public sealed record EndEnvironment(int Environment, int Credential) : KernelCall
    {
        internal override string Name => "end-environment";

        internal override ulong Digest =>
            Actors.Crossings.Digest.Of(52, (ulong)Environment, (ulong)Credential);
    }

    /// <summary>
    /// Does nothing: the way into the kernel and back, with a stack of the kernel's or without.
    /// </summary>
    public sealed record Nothing(bool WithStack = false) : KernelCall
    {
        internal override bool NeedsStack => WithStack;

        internal override string Name => "nothing";

        internal override ulong Digest => WithStack ? 1UL : 0;
    }

    /// <summary>
    /// Binds a share of a card that has no function left: frames for an address, or for a UDP port
    /// of it where the port is not 0, are copied into a ring of the environment's from now on. The
    /// credential in the slot must be good for the address. The value is the binding's name.
    /// </summary>
    public sealed record BindPackets(
        int Slot, ulong Mac, uint Ip, ushort Port, long BitsPerSecond, PacketRingPlace Rings)
        : KernelCall
    {
        internal override string Name => "bind-packets";

        internal override ulong Digest => Actors.Crossings.Digest.Of(
            Actors.Crossings.Digest.Of(
                60, (ulong)Slot, Mac, ((ulong)Port << 32) | Ip),
            (ulong)BitsPerSecond,
            Actors.Crossings.Digest.Of(Rings.ReceiveRing, Rings.TransmitRing),
            ((ulong)Rings.ReceiveSize << 32) | (uint)Rings.TransmitSize);
    }

    /// <summary>
    /// Sends what stands in the transmit ring of the environment's share of the card, up to a tail.
    /// </summary>
    public sealed record Transmit(int Tail) : KernelCall
    {
        internal override string Name => "transmit";

        internal override ulong Digest => Actors.Crossings.Digest.Of(61, (ulong)Tail);
    }

    /// <summary>Gives the network binding back.</summary>
    public sealed record UnbindNetwork : KernelCall
    {
        internal override string Name => "unbind-network";

        internal override ulong Digest => 4;
    }
}
