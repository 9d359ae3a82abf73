using Disguise.Actors.Execution;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Native;
using Disguise.LibOS.Posix;

namespace Disguise.LibOS.Tests.Fuzz;

/// <summary>Two sockets of which the program reads one alone.</summary>
internal sealed class TwoPorts(Func<NativeLink> link, ulong buffer) : IApplication
{
    public const ushort Read = 7;
    public const ushort Unread = 8;

    public ushort ServicePort => Read;

    /// <summary>The sockets, once the program runs.</summary>
    public PosixSockets? Sockets { get; private set; }

    public async EmulatedTask Run(ApplicationHost host)
    {
        var sockets = Sockets = new PosixSockets(link());
        sockets.Bind(sockets.Socket(), Read);
        sockets.Bind(sockets.Socket(), Unread);
        while (await sockets.ReceiveFrom(0, buffer, 2_048))
            host.Work(1_000);
    }
}
