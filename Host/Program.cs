using System.Runtime.InteropServices;
using Disguise.Host.Commands;
using Disguise.Host.Verbs;

namespace Disguise.Host;

/// <summary>The <c>disguise</c> command.</summary>
public static class Program
{
    /// <summary>The verbs that run something.</summary>
    internal static VerbHandlers Handlers { get; } = new()
    {
        Run = RunVerb.Run,
        Compare = CompareVerb.Compare,
        Explain = ExplainVerb.Explain,
        Check = CheckVerb.Check,
        Verify = VerifyVerb.Verify,
        Inspect = InspectVerb.Inspect,
        Validate = ValidateVerb.Validate,
        Tour = TourVerb.Tour,
        Sweep = SweepVerb.Sweep,
        Ablate = AblateVerb.Ablate,
        Calibrate = CalibrateVerb.Calibrate,
    };

    /// <summary>Runs one verb and returns its exit code.</summary>
    public static int Main(string[] arguments)
    {
        using var interrupted = new CancellationTokenSource();
        void Interrupt(PosixSignalContext signal)
        {
            // A second signal ends the process at once: who insists is obeyed.
            signal.Cancel = !interrupted.IsCancellationRequested;
            interrupted.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        var terminal = new Terminal(Console.Out, Console.Error, interrupted.Token);
        return DisguiseCommand.Run(arguments, Handlers, terminal);
    }
}
