using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.LibOS.Applications;

namespace Disguise.Specification.Applications;

/// <summary>Echoes a number of datagrams, then fails.</summary>
internal sealed class CrashingEcho(ushort port, int served) : IApplication
{
    public ushort ServicePort => port;

    public async EmulatedTask Run(ApplicationHost host)
    {
        await host.Listen(port);
        for (var number = 0; number < served && await host.Socket.Receive(); number++)
            await host.Socket.Reply();
        await host.Socket.Receive();
        throw new ComponentFailureException("the application failed, as it was told to");
    }
}
