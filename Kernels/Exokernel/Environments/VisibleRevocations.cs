using Disguise.Hardware.Devices;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel.Network;
using Disguise.Kernels.Exokernel.Revocation;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// Visible revocation of network bindings, time slices and windows (Engler et al., SOSP 1995,
/// sections 3.4 and 3.5): the environment is asked by an upcall and gives back itself; past the
/// deadline the request is imperative; then the binding is broken by force, and the environment
/// learns of it by a repossession exception.
/// </summary>
internal sealed class VisibleRevocations(KernelState state)
{
    private readonly RevocationBook book = new(
        new RevocationOptions { ImperativePs = state.Options.ImperativePs });
    private readonly bool checksAnswers = state.Machine.Guards.IsOn(NetworkGuards.GivenBack);
    private readonly SortedDictionary<(int Environment, RevocableResource Resource),
        (RevocationOrder Order, long OrderedPs)> orders = [];

    /// <summary>What an order is about, or none that this kernel has.</summary>
    public static RevocableResource? ResourceOf(string name) => name switch
    {
        RevocationOrder.Network => RevocableResource.Network,
        RevocationOrder.Processor or RevocationOrder.TimeSlice => RevocableResource.Processor,
        RevocationOrder.Memory => RevocableResource.Memory,
        RevocationOrder.Window => RevocableResource.Window,
        _ => null,
    };

    /// <summary>Asks for what the order says, or takes it.</summary>
    public void Begin(RevocationOrder order)
    {
        if (order.Resource == RevocationOrder.Memory)
        {
            state.MemoryRevocations.Begin(order);
            return;
        }

        var nowPs = state.NowPs;
        if (ResourceOf(order.Resource) is not { } resource
            || state.Environments.ByAddress(order.Target) is not { } environment
            || NameOf(environment, resource) < 0)
        {
            Report(order, nowPs, nowPs, RevocationResult.NotApplicable);
            return;
        }

        if (!order.Asks)
        {
            Report(order, nowPs, Force(environment, resource), RevocationResult.Forced);
            return;
        }

        var deadlinePs = nowPs + (order.DeadlinePs ?? state.Options.DeadlinePs);
        var refusal = book.CheckAsk(
            environment.Number, resource, 1, available: 1, nowPs, deadlinePs);
        if (refusal != ExokernelRefusal.None)
        {
            Report(order, nowPs, nowPs, RevocationResult.Refused);
            return;
        }

        book.Ask(environment.Number, resource, 1, nowPs, deadlinePs);
        orders.Add((environment.Number, resource), (order, nowPs));
        Ask(environment, resource, deadlinePs, isImperative: false);
        LookAt(environment.Number, resource);
    }

    /// <summary>The time of a request has come.</summary>
    public void Pass(long word)
    {
        var (number, resource) = ((int)(word >> 8), (RevocableResource)(byte)word);
        if (resource == RevocableResource.Memory)
        {
            state.MemoryRevocations.Pass(number);
            return;
        }

        if (state.Environments.ByNumber(number) is not { } environment)
            return;
        switch (book.Pass(number, resource, state.NowPs, out var revocation))
        {
            case RevocationStep.Insist:
                Ask(environment, resource, revocation.ForcePs, isImperative: true);
                LookAt(number, resource);
                break;
            case RevocationStep.Force:
                Finish(number, resource, Force(environment, resource), RevocationResult.Forced);
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// An environment gives something back by its physical name: the number of a function, the
    /// position of a slice, the tag of a window. It must be asked for, and the environment's own.
    /// </summary>
    public void GiveBack(EnvironmentRecord environment, ExokernelProtocol.GiveBack given)
    {
        var core = environment.Core;
        var calledPs = state.NowPs;
        var atPs = state.Work.ServeCall(core, state.Work.Enter(core, calledPs));
        var owner = OwnerOf(environment, given);
        var refusal = owner is null ? ExokernelRefusal.NotTheOwner
            : book.CheckReturn(environment.Number, given.Resource, 1);
        if (refusal == ExokernelRefusal.None)
        {
            atPs = Take(owner!, given.Resource, atPs);
            var outcome = book.Return(environment.Number, given.Resource, 1, calledPs);
            Finish(environment.Number, given.Resource, atPs, ResultOf(outcome));
        }
        else if (book.TryFind(environment.Number, given.Resource, out _))
        {
            book.CountBadAnswer(environment.Number, given.Resource);
        }

        state.Options.Observer?.ControlCall(
            "give-back", refusal != ExokernelRefusal.None, calledPs,
            state.Work.Return(core, atPs));
    }

    /// <summary>An environment has ended: what was asked of it has come back.</summary>
    public void End(EnvironmentRecord environment, long atPs)
    {
        foreach (var resource in Enum.GetValues<RevocableResource>())
        {
            var outcome = book.End(environment.Number, resource, state.NowPs);
            if (outcome != RevocationOutcome.Pending)
                Finish(environment.Number, resource, atPs, ResultOf(outcome));
        }
    }

    private static RevocationResult ResultOf(RevocationOutcome outcome) =>
        outcome == RevocationOutcome.Returned
            ? RevocationResult.Returned : RevocationResult.ReturnedLate;

    /// <summary>The physical name of what an environment has; -1 where it has none.</summary>
    private long NameOf(EnvironmentRecord environment, RevocableResource resource) =>
        resource switch
        {
            RevocableResource.Network => environment.Network?.Function ?? -1,
            RevocableResource.Window => state.Windows.FirstOf(environment),
            _ => state.Processor.PositionOf(environment),
        };

    /// <summary>
    /// Whose it is that an environment gives back: its own, or nobody's that it may give (guard
    /// <c>exokernel-given-back</c>).
    /// </summary>
    private EnvironmentRecord? OwnerOf(
        EnvironmentRecord environment, ExokernelProtocol.GiveBack given)
    {
        if (NameOf(environment, given.Resource) == given.Name)
            return environment;
        return checksAnswers || given.Resource != RevocableResource.Network ? null
            : state.Environments.All.FirstOrDefault(
                other => other.Network?.Function == given.Name);
    }

    private void Ask(
        EnvironmentRecord environment, RevocableResource resource, long deadlinePs,
        bool isImperative) => state.Processor.Upcall(
            environment,
            new ExokernelProtocol.ReturnRequested(
                resource, NameOf(environment, resource), deadlinePs, isImperative),
            state.NowPs);

    private void LookAt(int environment, RevocableResource resource)
    {
        book.TryFind(environment, resource, out var revocation);
        state.Machine.Island.Schedule(
            revocation.NextPs, state.Kernel, ExokernelProtocol.RevocationDue.Instance,
            state.Kernel, ((long)environment << 8) | (byte)resource);
    }

    /// <summary>The abort protocol: breaks the binding, and says so by an exception.</summary>
    private long Force(EnvironmentRecord environment, RevocableResource resource)
    {
        var name = NameOf(environment, resource);
        var donePs = Take(
            environment, resource, state.Work.ServeCall(environment.Core, state.NowPs));
        // The kernel is free when its last write to the device has left; a slice has none.
        var toldPs = resource != RevocableResource.Processor
            ? donePs - state.Machine.Costs.Of(DeviceCosts.PciePostedWrite) : donePs;
        state.Processor.Upcall(
            environment, new ExokernelProtocol.Repossessed(resource, name),
            Math.Max(state.NowPs, toldPs));
        return donePs;
    }

    private long Take(EnvironmentRecord environment, RevocableResource resource, long atPs)
    {
        var core = environment.Core;
        return resource switch
        {
            RevocableResource.Network => state.Network.Break(
                environment, core, state.Work.ServeBinding(core, atPs)),
            RevocableResource.Window => state.Windows.TakeFirst(
                environment, core, state.Work.ServeBinding(core, atPs)),
            _ => state.Processor.TakePosition(environment, atPs),
        };
    }

    private void Finish(
        int environment, RevocableResource resource, long donePs, RevocationResult result)
    {
        if (orders.Remove((environment, resource), out var known))
            Report(known.Order, known.OrderedPs, donePs, result);
    }

    private void Report(
        RevocationOrder order, long orderedPs, long donePs, RevocationResult result) =>
        state.Options.Observer?.Revoked(new RevocationReport(
            order.Target, order.Resource, orderedPs, donePs, result,
            result is RevocationResult.NotApplicable or RevocationResult.Refused ? 0 : 1)
        {
            DeadlinePs = order.Asks
                ? orderedPs + (order.DeadlinePs ?? state.Options.DeadlinePs) : null,
            BegunPs = state.NowPs,
        });
}
