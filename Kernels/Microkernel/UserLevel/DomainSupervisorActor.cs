using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Kernels.Microkernel.Domains;

namespace Disguise.Kernels.Microkernel.UserLevel;

/// <summary>
/// Supervisor of a protection domain: it orders the domain from the kernel, starts what runs in
/// it, and tells the kernel when that has crashed or ended. It ends with it; nothing is restarted.
/// </summary>
/// <param name="kernel">The kernel.</param>
/// <param name="request">The domain.</param>
/// <param name="make">Makes what runs in it.</param>
/// <param name="refused">Told why the kernel did not make it.</param>
public sealed class DomainSupervisorActor(
    IslandActorRef kernel, DomainRequest request, Func<BootInformation, EmulatedActor> make,
    Action<string> refused) : EmulatedActor
{
    private int number = -1;
    private IslandActorRef? domain;
    private bool isStopping;

    /// <inheritdoc/>
    protected override void PreStart() =>
        Send(kernel, new NucleusProtocol.CreateDomain(request), NowPs);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case NucleusProtocol.Created created:
                number = created.Domain;
                if (isStopping)
                    End();
                else
                    Start(created.Boot);
                break;
            case NucleusProtocol.Refused why:
                refused(why.Reason);
                Context.Stop(Self);
                break;
            case NucleusProtocol.Stop:
                isStopping = true;
                if (domain is not null)
                    Context.Stop(domain);
                break;
            case Terminated:
                End();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Start(BootInformation boot)
    {
        domain = Spawn("domain", () => make(boot));
        Context.Watch(domain);
        Send(kernel, new NucleusProtocol.DomainStarted(number, domain), NowPs);
    }

    private void End()
    {
        Send(kernel, new NucleusProtocol.DomainEnded(number), NowPs);
        Context.Stop(Self);
    }
}
