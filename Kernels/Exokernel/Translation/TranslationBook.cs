using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Frames;

namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>
/// Binds pages of environments to frames, on whichever hardware: looks at the capability once, when
/// a page is bound, and says what has to be forgotten when a frame's capabilities change. What
/// keeps the binding, a TLB or a page table, is not its business.
/// </summary>
internal sealed class TranslationBook
{
    private readonly FrameBook frames;
    private readonly BindingBook bindings;
    private readonly TranslationOptions options;
    private readonly bool mustHold;

    /// <summary>A book in which nothing is bound.</summary>
    public TranslationBook(FrameBook frames, TranslationOptions options, Guards guards)
    {
        this.frames = frames;
        this.options = options;
        bindings = new BindingBook(options.Bindings);
        mustHold = guards.IsOn(KernelGuards.BindCheck);
    }

    /// <summary>The limits.</summary>
    public TranslationOptions Options => options;

    /// <summary>What is bound.</summary>
    public BindingBook Bindings => bindings;

    /// <summary>Capabilities looked at to bind a page.</summary>
    public long BindChecks { get; private set; }

    /// <summary>The software TLB, which everybody may read; null where there is none.</summary>
    public SoftwareTlb? Exposed { get; set; }

    /// <summary>Says which frames nobody maps, whatever is shown.</summary>
    public Func<long, bool>? IsWithdrawn { get; set; }

    /// <summary>
    /// Whether an environment may bind a page to a frame by a credential.
    /// </summary>
    public ExokernelRefusal CheckBind(in Binding wanted, Capability credential)
    {
        ExokernelRefusal refusal = CheckPlace(wanted);
        if (refusal != ExokernelRefusal.None)
        {
            return refusal;
        }

        BindChecks++;
        return Ruled(frames.CheckAccess(wanted.Frame, credential, wanted.IsWritable));
    }

    /// <summary>
    /// Whether an environment may bind a page to a frame by a sealed capability to it.
    /// </summary>
    public ExokernelRefusal CheckBind(in Binding wanted, PageCapability shown)
    {
        ExokernelRefusal refusal = CheckPlace(wanted);
        if (refusal != ExokernelRefusal.None)
        {
            return refusal;
        }

        BindChecks++;
        if (Exposed?.Contains(shown.Frame) == true)
        {
            return shown.Frame != wanted.Frame ? ExokernelRefusal.NotDominated
                : Exposed.CheckBind(shown, wanted.IsWritable);
        }

        return Ruled(shown.Frame != wanted.Frame
            ? ExokernelRefusal.NotDominated
            : frames.CheckAccess(shown, wanted.IsWritable));
    }

    /// <summary>Whether so many more bindings can be kept for an environment.</summary>
    public ExokernelRefusal CheckRoom(int environment, int count) =>
        count > options.Bindings - bindings.Count
        || count > options.BindingsPerEnvironment - bindings.CountOf(environment)
            ? ExokernelRefusal.TooManyBindings
            : ExokernelRefusal.None;

    /// <summary>
    /// Binds a page. Gives what it was bound to before, which has to be forgotten, if it was.
    /// </summary>
    public Binding? Bind(in Binding wanted)
    {
        Binding? before = bindings.TryFind(wanted.Environment, wanted.VirtualPage, out _)
            ? bindings.Remove(wanted.Environment, wanted.VirtualPage)
            : null;
        bindings.Add(wanted);
        return before;
    }

    /// <summary>Whether an environment may give a binding up.</summary>
    public ExokernelRefusal CheckUnbind(int environment, long virtualPage) =>
        !bindings.TryFind(environment, virtualPage, out Binding found) ? ExokernelRefusal.NotBound
        : CheckLoose(found);

    /// <summary>Gives a binding up; what is given has to be forgotten.</summary>
    public Binding Unbind(int environment, long virtualPage) =>
        bindings.Remove(environment, virtualPage);

    /// <summary>
    /// Whether an environment may have a mapping that stays: to a frame of its own that it has
    /// named for the guarantee.
    /// </summary>
    public ExokernelRefusal CheckGuarantee(in Binding wanted, Capability credential)
    {
        ExokernelRefusal refusal = CheckBind(wanted, credential);
        if (refusal == ExokernelRefusal.None)
        {
            refusal = frames.CheckOwner(wanted.Environment, wanted.Frame);
        }

        return refusal != ExokernelRefusal.None ? refusal
            : frames.UseOf(wanted.Frame) != FrameUse.Reserved ? ExokernelRefusal.FrameNotReserved
            : bindings.GuaranteedOf(wanted.Environment) >= options.GuaranteedPerEnvironment
                ? ExokernelRefusal.TooManyGuaranteed
            : ExokernelRefusal.None;
    }

    /// <summary>Binds a page until its environment ends. Like <see cref="Bind"/>.</summary>
    public Binding? Guarantee(in Binding wanted) =>
        Bind(wanted with { Kind = BindingKind.Guaranteed });

    /// <summary>
    /// Whether an environment may take a frame out of the guarantee: not while a guaranteed
    /// mapping leads to it.
    /// </summary>
    public ExokernelRefusal CheckUnreserve(int environment, long frame)
    {
        ExokernelRefusal refusal = frames.CheckUnreserve(environment, frame);
        return refusal == ExokernelRefusal.None && HasGuaranteed(frame)
            ? ExokernelRefusal.GuaranteedMapping
            : refusal;
    }

    /// <summary>
    /// Breaks what is bound to a frame whose capabilities have changed, or that goes to another,
    /// and adds it: TLBs, the software TLB, page tables and the IOMMU have to forget it. Only its
    /// owner's guaranteed mappings stay.
    /// </summary>
    public void Break(long frame, List<Binding> broken)
    {
        int first = broken.Count;
        bindings.AddBindingsOf(frame, broken);
        broken.RemoveAll(binding => binding.Frame == frame && binding.IsGuaranteed);
        for (int at = first; at < broken.Count; at++)
        {
            bindings.Remove(broken[at].Environment, broken[at].VirtualPage);
        }
    }

    /// <summary>Breaks all of an environment's bindings, as it ends, and adds them.</summary>
    public void End(int environment, List<Binding> broken)
    {
        int first = broken.Count;
        bindings.AddBindingsOf(environment, broken);
        for (int at = first; at < broken.Count; at++)
        {
            bindings.Remove(environment, broken[at].VirtualPage);
        }
    }

    /// <summary>Whether a guaranteed mapping leads to a frame.</summary>
    public bool HasGuaranteed(long frame)
    {
        var found = new List<Binding>();
        bindings.AddBindingsOf(frame, found);
        return found.Exists(binding => binding.IsGuaranteed);
    }

    private ExokernelRefusal CheckPlace(in Binding wanted)
    {
        if (wanted.VirtualPage < options.FirstPage || wanted.VirtualPage >= options.PageCount
            || (wanted.Rights & PageRights.User) == 0)
        {
            return ExokernelRefusal.BadPage;
        }

        if (IsWithdrawn?.Invoke(wanted.Frame) == true)
        {
            return ExokernelRefusal.FrameHasRegion;
        }

        if (bindings.TryFind(wanted.Environment, wanted.VirtualPage, out Binding before))
        {
            return CheckLoose(before);
        }

        return CheckRoom(wanted.Environment, 1);
    }

    /// <summary>Whether a binding is its library's to change.</summary>
    private static ExokernelRefusal CheckLoose(in Binding binding) =>
        binding.IsGuaranteed ? ExokernelRefusal.GuaranteedMapping
        : binding.Kind == BindingKind.Register ? ExokernelRefusal.PageIsRegister
        : ExokernelRefusal.None;

    // Without the guard only what no capability could allow is refused.
    private ExokernelRefusal Ruled(ExokernelRefusal refusal) =>
        mustHold || refusal == ExokernelRefusal.NoSuchFrame ? refusal : ExokernelRefusal.None;
}
