using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Memory;
using Disguise.LibOS.Applications;

namespace Disguise.Specification.Applications;

/// <summary>
/// At its first datagram reads every page of a list that it is let read, and looks for a secret;
/// then goes on as an echo.
/// </summary>
internal sealed class Spy(ushort port, byte[] secret, Func<IEnumerable<ulong>> pages)
    : IApplication
{
    public ushort ServicePort => port;

    /// <summary>Pages that it could read.</summary>
    public int ReadablePages { get; private set; }

    /// <summary>Pages that it was refused.</summary>
    public int RefusedPages { get; private set; }

    /// <summary>Pages with the secret.</summary>
    public int FoundPages { get; private set; }

    public async EmulatedTask Run(ApplicationHost host)
    {
        await host.Listen(port);
        var hasLooked = false;
        while (await host.Socket.Receive())
        {
            if (!hasLooked)
                Look(host);
            hasLooked = true;
            await host.Socket.Reply();
        }
    }

    private void Look(ApplicationHost host)
    {
        var page = new byte[Frame.SizeBytes];
        foreach (var address in pages())
        {
            try
            {
                host.Memory.Read(address, page);
            }
            catch (ComponentFailureException)
            {
                RefusedPages++;
                continue;
            }

            ReadablePages++;
            if (page.AsSpan().IndexOf(secret) >= 0)
                FoundPages++;
        }
    }
}
