using Disguise.Actors.Dispatch;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel.Capabilities;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>How environments begin and end, and what the operator orders of them.</summary>
internal sealed class EnvironmentLives(KernelState state)
{
    /// <summary>Starts an environment, or answers why not.</summary>
    public void Start(ExokernelProtocol.StartEnvironment start, IslandActorRef actor)
    {
        var description = start.Description;
        if (!state.Environments.TryNext(out var number, out var generation))
        {
            Refuse(actor, $"there are {state.Options.EnvironmentLimit} environments already");
            return;
        }

        if (state.Processor.FindCore(description.Placement, out var reason) is not { } core)
        {
            Refuse(actor, reason);
            return;
        }

        if (EnvironmentMemory.Create(state.Memory, number, generation) is not { } memory)
        {
            Refuse(actor, "no memory is left");
            return;
        }

        var atPs = state.Work.ServeBinding(core, state.NowPs);
        var environment = new EnvironmentRecord
        {
            Number = number,
            Generation = generation,
            Description = description,
            Actor = actor,
            Context = start.Context,
            Memory = memory,
            Core = core,
            Family = new EnvironmentFamily(),
        };
        state.Environments.Add(environment);
        state.Network.Addresses.Admit(environment);
        state.Options.Observer?.ControlCall("create-environment", false, state.NowPs, atPs);
        state.Processor.Start(environment, atPs);
    }

    /// <summary>
    /// Makes an environment that another asks for: on the same core, with the credential that was
    /// shown, and without a slice. The value is its number.
    /// </summary>
    public CallResult Create(EnvironmentRecord creator, KernelCall.CreateEnvironment call)
    {
        if (state.Environments.ByActor(call.Actor.Ordinal) is not null)
            return new CallResult(ExokernelRefusal.AlreadyAnEnvironment);
        state.Watch(call.Actor);
        var refusal = CheckCreate(
            creator, call.Credential, out var credential, out var number, out var generation);
        var memory = refusal == ExokernelRefusal.None
            ? EnvironmentMemory.Create(state.Memory, number, generation, credential) : null;
        if (memory is null)
        {
            refusal = refusal == ExokernelRefusal.None ? ExokernelRefusal.OutOfMemory : refusal;
            Refuse(call.Actor, $"create-environment: {refusal}");
            return new CallResult(refusal);
        }

        var made = new EnvironmentRecord
        {
            Number = number,
            Generation = generation,
            Description = creator.Description with
            {
                Address = $"{creator.Description.Address}/{number}",
                Placement = new CorePlacement(
                    CorePlacementKind.Pinned, creator.Core.Number),
            },
            Actor = call.Actor,
            Context = call.Context,
            Memory = memory,
            Core = creator.Core,
            Family = creator.Family,
            IsMade = true,
        };
        made.Family.Made++;
        state.Environments.Add(made);
        state.Processor.Admit(made);
        return new CallResult(ExokernelRefusal.None, number, generation);
    }

    /// <summary>An environment has another ended, by a credential to it.</summary>
    public CallResult End(
        EnvironmentRecord caller, KernelCall.EndEnvironment call, ref long atPs)
    {
        var refusal = state.Memory.Credentials.CheckAccess(
            caller.Number, call.Credential, call.Environment);
        if (refusal == ExokernelRefusal.None && call.Environment == caller.Number)
            refusal = ExokernelRefusal.EndsItself;
        if (refusal == ExokernelRefusal.None)
            atPs = End(state.Environments.ByNumber(call.Environment)!, atPs);
        return new CallResult(refusal);
    }

    /// <summary>
    /// Ends an environment: its bindings are broken, everything it has is freed, and it is told.
    /// Gives when that is done.
    /// </summary>
    public long End(EnvironmentRecord environment, long atPs)
    {
        var core = environment.Core;
        atPs = state.Work.ServeBinding(core, atPs);
        atPs = state.Network.Break(environment, core, atPs);
        state.Network.Addresses.End(environment);
        state.Sections.End(environment.Number);
        state.Regions.End(environment.Number);
        atPs = state.Windows.End(environment, core, atPs);
        environment.Memory.Release();
        atPs = state.Settle(core, atPs);
        state.Revocations.End(environment, atPs);
        state.MemoryRevocations.End(environment, atPs);
        state.Environments.Remove(environment);
        state.Processor.End(environment, atPs);
        state.Tell(environment, ExokernelProtocol.Ended.Instance, atPs);
        if (environment.IsMade)
            environment.Family.Made--;
        return atPs;
    }

    /// <summary>Whether a credential can be an environment's first, and a number is left.
    /// </summary>
    private ExokernelRefusal CheckCreate(
        EnvironmentRecord creator, int slot, out Capability credential, out int number,
        out uint generation)
    {
        var isLeft = state.Environments.TryNext(out number, out generation);
        var refusal = state.Memory.Credentials.Show(creator.Number, slot, out credential);
        return refusal != ExokernelRefusal.None ? refusal
            : credential.Permissions != CapabilityPermissions.All
                ? ExokernelRefusal.IncompleteCredential
            : isLeft && creator.Family.Made < state.Options.EnvironmentsPerFamily
                ? ExokernelRefusal.None : ExokernelRefusal.TooManyEnvironments;
    }

    private void Refuse(IslandActorRef actor, string reason) => state.Machine.Island.Schedule(
        state.NowPs, actor, new ExokernelProtocol.Refused(reason), state.Kernel);
}
