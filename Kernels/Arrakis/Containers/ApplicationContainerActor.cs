using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis.ControlPlane;

namespace Disguise.Kernels.Arrakis.Containers;

/// <summary>
/// An application container: supervisor of its protection domain. It asks the kernel for its
/// existence, starts its domain, tells the kernel when the domain has crashed or ended, and ends
/// when the kernel has freed everything.
/// </summary>
public sealed class ApplicationContainerActor : EmulatedActor
{
    private readonly ContainerOptions options;
    private readonly IslandActorRef kernel;
    private readonly CostTable costs;
    private ContainerId container;
    private IslandActorRef? domain;
    private bool isStopping;

    /// <summary>Makes the container of a tenant.</summary>
    public ApplicationContainerActor(
        ContainerOptions options, IslandActorRef kernel, CostTable costs)
    {
        this.options = options;
        this.kernel = kernel;
        this.costs = costs;
    }

    /// <inheritdoc/>
    protected override void PreStart() => Send(
        kernel,
        new ContainerProtocol.Request(
            options.Address, options.Mac.Value, options.Ip.Value, options.MemoryLimitPages,
            options.Placement),
        NowPs);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ContainerProtocol.Created created:
                container = created.Container;
                if (isStopping)
                    End();
                else
                    Start(created);
                break;
            case ContainerProtocol.Refused refused:
                options.Readiness.Failed(options.Address, refused.Reason);
                Context.Stop(Self);
                break;
            case ContainerProtocol.Stop:
                isStopping = true;
                if (domain is not null)
                    Context.Stop(domain);
                break;
            case Terminated:
                End();
                break;
            case ContainerProtocol.Freed:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Start(ContainerProtocol.Created created)
    {
        var environment = new DomainEnvironment
        {
            Address = options.Address,
            Kernel = kernel,
            Mac = options.Mac,
            Ip = options.Ip,
            Costs = costs,
            Account = options.Account,
            Readiness = options.Readiness,
            Requests = options.Requests,
            DomainHandle = created.DomainHandle,
            OwnsItsCore = created.OwnsItsCore,
        };
        domain = Spawn("domain", () => options.Factory.Make(environment));
        Context.Watch(domain);
        Send(kernel, new ContainerProtocol.DomainStarted(container, domain), NowPs);
    }

    private void End() =>
        Send(kernel, new ContainerProtocol.DomainCrashed(container), NowPs);
}
