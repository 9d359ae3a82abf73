using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.LibOS.Applications;

namespace Disguise.Host.Tests.Specifications.Twins;

/// <summary>An application over a library that does one thing wrong.</summary>
internal sealed class MeddlingApplication(
    IApplication inner, Func<ApplicationHost, MeddlingSocket> socket, bool survives = false)
    : IApplication
{
    public ushort ServicePort => inner.ServicePort;

    public async EmulatedTask Run(ApplicationHost host)
    {
        var meddled = host.Through(socket(host));
        try
        {
            await inner.Run(meddled);
        }
        catch (ComponentFailureException) when (survives)
        {
            do
            {
                await meddled.Socket.Reply();
            }
            while (await meddled.Socket.Receive());
        }
    }
}
