using Disguise.Actors.Execution;
using Disguise.Hardware.Wire;
using Disguise.LibOS.Applications;

namespace Disguise.Specification.Applications;

/// <summary>An echo that remembers whose datagrams it was given.</summary>
internal sealed class Recorder(ushort port) : IApplication
{
    private readonly List<string> seen = [];

    public ushort ServicePort => port;

    /// <summary>From whom to whom they came, in their order.</summary>
    public IReadOnlyList<string> Seen => seen;

    /// <summary>What an application can know of the two ends of a datagram.</summary>
    public static string Peers(in UdpEndpoints endpoints) =>
        $"{endpoints.Hosts.Source}:{endpoints.SourcePort} to port {endpoints.DestinationPort} of "
        + endpoints.Hosts.Destination;

    public async EmulatedTask Run(ApplicationHost host)
    {
        await host.Listen(port);
        while (await host.Socket.Receive())
        {
            seen.Add(Peers(host.Socket.Endpoints));
            await host.Socket.Reply();
        }
    }
}
