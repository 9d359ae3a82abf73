using Disguise.Kernels.Records;

namespace Disguise.Kernels.Exokernel.Revocation;

/// <summary>
/// Visible revocation (Engler et al., SOSP 1995, sections 3.4 and 3.5): an environment is asked to
/// return resources and chooses itself which; past the deadline the request is imperative; then
/// what is missing is taken by force, and nothing before that. One revocation of a kind is under
/// way for an environment at a time.
///
///     ask -> Asked --returned in full--------> Returned
///              | deadline
///              v
///          Imperative --returned in full-----> ReturnedLate
///              | imperative time
///              v
///            force ---------------------------> Forced
///
/// An answer that names what is not the environment's changes nothing but a count: time goes on.
/// </summary>
internal sealed class RevocationBook(RevocationOptions options)
{
    private const int None = -1;

    private readonly Slots<PendingRevocation> pending = new(options.Limit);
    private readonly Dictionary<(int Environment, RevocableResource Resource), int> byPlace = [];

    /// <summary>How many are under way.</summary>
    public int Count => pending.Count;

    /// <summary>Whether something can be asked back.</summary>
    /// <param name="environment">From whom.</param>
    /// <param name="resource">What.</param>
    /// <param name="wanted">How much.</param>
    /// <param name="available">How much of it the environment has that can be taken.</param>
    /// <param name="nowPs">The time.</param>
    /// <param name="deadlinePs">Until when a return is in time.</param>
    public ExokernelRefusal CheckAsk(
        int environment,
        RevocableResource resource,
        int wanted,
        int available,
        long nowPs,
        long deadlinePs)
    {
        if (wanted < 1 || wanted > options.AmountLimit)
        {
            return ExokernelRefusal.BadAnswer;
        }

        if (deadlinePs < nowPs || deadlinePs - nowPs > options.LongestPs)
        {
            return ExokernelRefusal.BadDeadline;
        }

        return available < 1 ? ExokernelRefusal.NothingToRevoke
            : byPlace.ContainsKey((environment, resource)) ? ExokernelRefusal.RevocationPending
            : pending.Peek(0) < 0 ? ExokernelRefusal.TooManyRevocations
            : ExokernelRefusal.None;
    }

    /// <summary>Asks it back.</summary>
    public void Ask(
        int environment, RevocableResource resource, int wanted, long nowPs, long deadlinePs)
    {
        int slot = pending.Peek(0);
        byPlace.Add((environment, resource), slot);
        ref PendingRevocation asked = ref pending.Take(slot);
        asked.Environment = environment;
        asked.Resource = resource;
        asked.Wanted = wanted;
        asked.AskedPs = nowPs;
        asked.DeadlinePs = deadlinePs;
        asked.ForcePs = deadlinePs + options.ImperativePs;
    }

    /// <summary>What is under way for an environment.</summary>
    public bool TryFind(
        int environment, RevocableResource resource, out PendingRevocation revocation)
    {
        int slot = byPlace.GetValueOrDefault((environment, resource), None);
        revocation = slot == None ? default : pending[slot];
        return slot != None;
    }

    /// <summary>
    /// Whether an environment may answer with so much. Whether it is its to give, its book says.
    /// </summary>
    public ExokernelRefusal CheckReturn(int environment, RevocableResource resource, int amount) =>
        !TryFind(environment, resource, out PendingRevocation revocation)
            ? ExokernelRefusal.NoRevocation
        : amount < 1 || amount > revocation.Missing ? ExokernelRefusal.BadAnswer
        : ExokernelRefusal.None;

    /// <summary>Something has come back. The outcome, when that was all.</summary>
    public RevocationOutcome Return(
        int environment, RevocableResource resource, int amount, long nowPs)
    {
        ref PendingRevocation revocation = ref Of(environment, resource);
        if (amount < 1 || amount > revocation.Missing)
        {
            throw new InvalidOperationException($"{amount} of {revocation.Missing} came back.");
        }

        revocation.Returned += amount;
        if (revocation.Missing > 0)
        {
            return RevocationOutcome.Pending;
        }

        bool isLate = nowPs > revocation.DeadlinePs;
        Close(environment, resource);
        return isLate ? RevocationOutcome.ReturnedLate : RevocationOutcome.Returned;
    }

    /// <summary>An answer was refused: what it named was not the environment's to give.</summary>
    public void CountBadAnswer(int environment, RevocableResource resource) =>
        Of(environment, resource).BadAnswers++;

    /// <summary>Time has passed. Says what the kernel has to do, at most once each.</summary>
    /// <param name="environment">From whom.</param>
    /// <param name="resource">What.</param>
    /// <param name="nowPs">The time.</param>
    /// <param name="revocation">The revocation; closed when force is to be used.</param>
    public RevocationStep Pass(
        int environment, RevocableResource resource, long nowPs, out PendingRevocation revocation)
    {
        if (!TryFind(environment, resource, out revocation) || nowPs < revocation.NextPs)
        {
            return RevocationStep.None;
        }

        if (nowPs >= revocation.ForcePs)
        {
            Close(environment, resource);
            return RevocationStep.Force;
        }

        Of(environment, resource).Stage = RevocationStage.Imperative;
        revocation.Stage = RevocationStage.Imperative;
        return RevocationStep.Insist;
    }

    /// <summary>
    /// An environment has ended, and with it everything came back. Gives the outcome of what was
    /// under way; pending when nothing was.
    /// </summary>
    public RevocationOutcome End(int environment, RevocableResource resource, long nowPs) =>
        TryFind(environment, resource, out PendingRevocation revocation)
            ? Return(environment, resource, revocation.Missing, nowPs)
            : RevocationOutcome.Pending;

    private ref PendingRevocation Of(int environment, RevocableResource resource)
    {
        int slot = byPlace.GetValueOrDefault((environment, resource), None);
        if (slot == None)
        {
            throw new InvalidOperationException(
                $"No {resource} is asked back from environment {environment}.");
        }

        return ref pending[slot];
    }

    private void Close(int environment, RevocableResource resource)
    {
        byPlace.Remove((environment, resource), out int slot);
        pending.Release(slot);
    }
}
