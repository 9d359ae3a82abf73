using Disguise.Hardware.Cores;
using Disguise.Kernels.Exokernel.Regions;
using Disguise.Kernels.Exokernel.Windows;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>Serves the calls of environments, each on its caller's core at its caller's time.
/// </summary>
internal sealed class KernelCalls(KernelState state)
{
    private readonly MemoryCalls memory = new(state.Memory);

    /// <summary>Serves a call, or keeps it until its caller has its core again.</summary>
    public void Take(EnvironmentRecord environment, KernelCall call)
    {
        environment.CalledPs = state.NowPs;
        Take(environment, call, state.NowPs);
    }

    /// <summary>Serves the call that was kept.</summary>
    public void TakeDeferred(EnvironmentRecord environment)
    {
        if (environment.Deferred is not { } call)
            return;
        environment.Deferred = null;
        Take(environment, call, environment.CalledPs);
    }

    private void Take(EnvironmentRecord environment, KernelCall call, long calledPs)
    {
        if (environment.Context.Core is not { } core)
        {
            environment.Deferred = call;
            return;
        }

        var atPs = state.Work.ServeCall(core, state.Work.Enter(core, state.NowPs));
        if (call.NeedsStack)
            atPs = state.Work.SetUpStack(core, atPs);
        var result = Serve(environment, call, core, ref atPs);
        atPs = state.Work.Return(core, atPs);
        if (call is not (KernelCall.Transmit or RegionCall.Read or RegionCall.Write))
        {
            state.Options.Observer?.ControlCall(
                call.Name, result.Refusal != ExokernelRefusal.None, calledPs, atPs);
        }

        state.Tell(environment, ExokernelProtocol.Returned.With(result), atPs);
        if (call is SectionCall.Leave)
            state.Sections.Deliver(environment, (SoftwareInterrupts)result.Value, atPs);
    }

    private CallResult Serve(
        EnvironmentRecord environment, KernelCall call, Core core, ref long atPs)
    {
        switch (call)
        {
            case KernelCall.Nothing:
                return default;
            case KernelCall.BindNetwork bind:
                atPs = state.Work.ServeBinding(core, atPs);
                return state.Network.Bind(environment, bind, ref atPs);
            case KernelCall.BindPackets bind:
                atPs = state.Work.ServeBinding(core, atPs);
                return state.Network.Bind(environment, bind, ref atPs);
            case KernelCall.Transmit transmit:
                return state.Network.Card?.Transmit(environment, transmit, core, ref atPs)
                    ?? new CallResult(ExokernelRefusal.CardNotShared);
            case KernelCall.UnbindNetwork when environment.Network is null:
                return new CallResult(ExokernelRefusal.NoNetworkBinding);
            case KernelCall.UnbindNetwork:
                atPs = state.Network.Break(
                    environment, core, state.Work.ServeBinding(core, atPs));
                return default;
            case KernelCall.CreateEnvironment create:
                atPs = state.Work.ServeBinding(core, atPs);
                return state.Lives.Create(environment, create);
            case KernelCall.EndEnvironment end:
                return state.Lives.End(environment, end, ref atPs);
            case KernelCall.GiveSlice give:
                return state.Processor.Give(environment, give, atPs);
            case KernelCall.AllocateSlice or KernelCall.FreeSlice or KernelCall.FindSlice
                or KernelCall.CountSlices:
                return state.Processor.Serve(environment, call, atPs);
            case RegionCall region:
                return state.Regions.Serve(environment, region, core, ref atPs);
            case SectionCall section:
                return state.Sections.Serve(environment, section);
            case WindowCall window:
                return state.Windows.Serve(environment, window, core, ref atPs);
            case MemoryCall.LoadBacking load:
                return state.MemoryRevocations.LoadBacking(environment.Number, load.Places);
            case MemoryCall.KeepBacking keep:
                return state.MemoryRevocations.KeepBacking(environment.Number, keep.Place);
            case MemoryCall.ReadRepossession:
                return state.MemoryRevocations.ReadRepossession(environment.Number);
            case MemoryCall.SubmitPage submit:
                return Settled(
                    state.MemoryRevocations.SubmitPage(environment, submit.Frame), core, ref atPs);
            case MemoryCall.ReadBack read:
                return state.MemoryRevocations.ReadBack(environment, read.Place, read.Frame);
            default:
                return ServeMemory(environment, call, core, ref atPs);
        }
    }

    private CallResult ServeMemory(
        EnvironmentRecord environment, KernelCall call, Core core, ref long atPs)
    {
        var result = memory.Serve(environment.Memory, call);
        if (MemoryCalls.IsAboutFrames(call))
            atPs = state.Work.ServeFrames(core, 1, atPs);
        return Settled(result, core, ref atPs);
    }

    private CallResult Settled(CallResult result, Core core, ref long atPs)
    {
        atPs = state.Settle(core, atPs);
        return result;
    }
}
