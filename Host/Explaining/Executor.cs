using Disguise.Actors.Dispatch;
using Disguise.Hardware.Cores;

namespace Disguise.Host.Explaining;

/// <summary>
/// Who works on a request: a context, on the cores that it has had meanwhile, or a core whose
/// kernel does.
/// </summary>
internal readonly struct Executor
{
    private readonly Core? core;

    private Executor(CpuContext? context, Core? core)
    {
        Context = context;
        this.core = core;
    }

    /// <summary>The context; null where a kernel works on its core.</summary>
    public CpuContext? Context { get; }

    /// <summary>The actors of its domain and of its core.</summary>
    public IEnumerable<IslandActorRef> Actors =>
        new[] { Context?.Owner, core?.Actor }.OfType<IslandActorRef>();

    /// <summary>Takes a context with the core that it has now, or a core.</summary>
    /// <exception cref="InvalidOperationException">It is neither.</exception>
    public static Executor Of(object executor) => executor switch
    {
        CpuContext context => new Executor(context, context.Core),
        Core core => new Executor(null, core),
        _ => throw new InvalidOperationException($"{executor.GetType().Name} executes nothing"),
    };

    /// <summary>Whether it is the same party, wherever it ran.</summary>
    public bool Is(Executor other) => Context is null
        ? other.Context is null && ReferenceEquals(core, other.core)
        : ReferenceEquals(Context, other.Context);

    /// <summary>Whether it has a core.</summary>
    public bool IsOn(Core other) => ReferenceEquals(core, other);
}
