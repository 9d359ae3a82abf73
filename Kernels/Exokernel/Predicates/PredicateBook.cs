using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Exokernel.Predicates;

/// <summary>
/// The wakeup predicates of sleeping environments, one each. A predicate is checked when it is
/// downloaded and not when it is computed: every word must be readable by a capability that its
/// environment shows, and when a frame changes hands, whoever looks at it wakes and looks no more.
/// </summary>
internal sealed class PredicateBook
{
    /// <summary>The tag of who woke because a frame that it looked at was taken.</summary>
    public const int BrokenTag = -1;

    private readonly PhysicalMemory memory;
    private readonly IPredicateMemory rights;
    private readonly bool isMemoryChecked;
    private readonly PredicateShapes shapes = new();
    private readonly DownloadedPredicate?[] predicates;
    private readonly int[] tags;

    /// <summary>A book of the predicates of a limited number of environments.</summary>
    public PredicateBook(
        PhysicalMemory memory, IPredicateMemory rights, int environments, Guards guards)
    {
        this.memory = memory;
        this.rights = rights;
        isMemoryChecked = guards.IsOn(PredicateGuards.Memory);
        predicates = new DownloadedPredicate?[environments];
        tags = new int[environments];
    }

    /// <summary>Predicates that were compiled; of one shape once.</summary>
    public long Compiled => shapes.Compiled;

    /// <summary>The predicate that an environment sleeps for, or none.</summary>
    public DownloadedPredicate? this[int environment] => predicates[environment];

    /// <summary>Which product woke an environment last.</summary>
    public int TagOf(int environment) => tags[environment];

    /// <summary>Whether an environment may sleep for a predicate.</summary>
    public PredicateRefusal Check(int environment, WakeupPredicate predicate)
    {
        if (predicate.Products.IsDefaultOrEmpty)
            return PredicateRefusal.Malformed;
        var words = new List<long>();
        foreach (var product in predicate.Products)
        {
            if (product.Terms.IsDefaultOrEmpty)
                return PredicateRefusal.Malformed;
            if (words.Count > PredicateLimits.CodeBytes)
                return PredicateRefusal.TooLong;
            foreach (var term in product.Terms)
            {
                if (Check(environment, term, words) is var refusal
                    && refusal != PredicateRefusal.None)
                    return refusal;
            }
        }

        return PredicateCompiler.CodeBytes(predicate) > PredicateLimits.CodeBytes
            ? PredicateRefusal.TooLong
            : DownloadedPredicate.FramesOf(words.ToArray()).Length > PredicateLimits.Pages
                ? PredicateRefusal.TooManyPages : PredicateRefusal.None;
    }

    /// <summary>An environment sleeps for a predicate that was checked.</summary>
    public void Download(int environment, WakeupPredicate predicate)
    {
        predicates[environment] =
            new DownloadedPredicate(predicate, shapes.CodeOf(predicate));
        tags[environment] = 0;
    }

    /// <summary>
    /// Whether what an environment sleeps for is there: then its predicate is gone and its tag
    /// known. Adds the products that were computed.
    /// </summary>
    public bool IsDue(int environment, ref int products)
    {
        if (tags[environment] == BrokenTag)
            return true;
        if (predicates[environment] is not { } predicate
            || !predicate.IsTrue(memory, out var tag, ref products))
            return false;
        predicates[environment] = null;
        tags[environment] = tag;
        return true;
    }

    /// <summary>An environment wakes by something else, or ends: it looks no more.</summary>
    public void Forget(int environment)
    {
        predicates[environment] = null;
        tags[environment] = 0;
    }

    /// <summary>
    /// A frame is about to change hands. Whoever looks at it looks no more and is due; what was
    /// dropped is told by number in ascending order.
    /// </summary>
    public void Break(
        long frame, List<(int Environment, DownloadedPredicate Predicate)> dropped)
    {
        for (var environment = 0; environment < predicates.Length; environment++)
        {
            if (predicates[environment] is not { } predicate
                || Array.BinarySearch(predicate.Frames, frame) < 0)
                continue;
            predicates[environment] = null;
            tags[environment] = BrokenTag;
            dropped.Add((environment, predicate));
        }
    }

    private PredicateRefusal Check(int environment, PredicateTerm term, List<long> words)
    {
        if (term.Operator > PredicateOperator.Different)
            return PredicateRefusal.Malformed;
        var left = Check(environment, term.Left, words);
        return left != PredicateRefusal.None ? left : Check(environment, term.Right, words);
    }

    private PredicateRefusal Check(int environment, PredicateOperand operand, List<long> words)
    {
        if (!operand.IsWord)
            return PredicateRefusal.None;
        var address = operand.Address;
        if (!memory.Contains(address, PredicateOperand.WordBytes)
            || address % PredicateOperand.WordBytes != 0)
            return PredicateRefusal.BadAddress;
        words.Add(address);
        return isMemoryChecked
            && !rights.MayRead(environment, operand.Credential, address)
            ? PredicateRefusal.NotReadable : PredicateRefusal.None;
    }
}
