using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Kernels.Microkernel.Domains;

namespace Disguise.Kernels.Microkernel.UserLevel;

/// <summary>
/// Supervisor of a protection domain: it orders the domain from the kernel, starts what runs in
/// it, and tells the kernel when that has crashed or ended. It ends when the kernel has taken back
/// everything; nothing is restarted.
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

    /// <summary>Called when it ends, whether there was a domain or not.</summary>
    public Action? Ended { get; init; }

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
                Ended?.Invoke();
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
            case NucleusProtocol.Ended:
                Ended?.Invoke();
                Context.Stop(Self);
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

    private void End() => Send(kernel, new NucleusProtocol.DomainEnded(number), NowPs);
}
