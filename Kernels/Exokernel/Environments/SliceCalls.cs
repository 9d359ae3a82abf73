using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Processor;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// Calls about the slices of a core: positions are taken and given back like frames, with a
/// credential that the call names; who has how many is no secret (Engler et al., SOSP 1995,
/// sections 3.1 and 5.1.1).
/// </summary>
internal static class SliceCalls
{
    /// <summary>Serves a call about the vector of the caller's core.</summary>
    public static CallResult Serve(
        SliceVector vector, CredentialBook credentials, int environment, KernelCall call)
    {
        switch (call)
        {
            case KernelCall.AllocateSlice allocate:
                var taken = credentials.Show(environment, allocate.Credential, out var kept);
                // Else nobody who shows it could ever give the slice back.
                if (taken == ExokernelRefusal.None && !kept.Controls(kept))
                    taken = ExokernelRefusal.IncompleteCredential;
                if (taken == ExokernelRefusal.None)
                    taken = Why(vector.CheckAllocate(allocate.Position));
                if (taken == ExokernelRefusal.None)
                    vector.Allocate(environment, allocate.Position, kept);
                return new CallResult(taken);
            case KernelCall.FreeSlice free:
                var freed = credentials.Show(environment, free.Credential, out var shown);
                if (freed == ExokernelRefusal.None)
                    freed = Why(vector.CheckFree(shown, free.Position));
                if (freed == ExokernelRefusal.None)
                    vector.Free(free.Position);
                return new CallResult(freed);
            case KernelCall.FindSlice find:
                var position = vector.Find(environment, find.From);
                return position < 0 ? new CallResult(ExokernelRefusal.NoSuchSlice)
                    : new CallResult(ExokernelRefusal.None, position);
            default:
                throw new InvalidOperationException($"no call {call.Name}");
        }
    }

    /// <summary>How many slices an environment has, if there is one, and which life of its number
    /// it is.</summary>
    public static CallResult Count(Processors processors, EnvironmentRecord? environment) =>
        environment is null ? new CallResult(ExokernelRefusal.NoSuchEnvironment)
        : new CallResult(
            ExokernelRefusal.None,
            processors[environment.Core.Number].Vector.CountOf(environment.Number),
            environment.Generation);

    private static ExokernelRefusal Why(SliceRefusal refusal) => refusal switch
    {
        SliceRefusal.None => ExokernelRefusal.None,
        SliceRefusal.NoSuchPosition or SliceRefusal.PositionFree => ExokernelRefusal.NoSuchSlice,
        SliceRefusal.PositionTaken => ExokernelRefusal.SliceIsTaken,
        SliceRefusal.NotOpened => ExokernelRefusal.NotDominated,
        _ => throw new InvalidOperationException($"{refusal} is no answer about a position"),
    };
}
