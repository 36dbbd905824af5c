"""Names that no file binds: of the language, of browsers, of Node, of test runners, and of declaration files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gate.model.source import FileFacts

_MOST = 300
"""Declaration files that are read; where there are more, any name may be declared."""

_LANGUAGE = """
AggregateError Array ArrayBuffer AsyncFunction AsyncGenerator AsyncIterable AsyncIterator Atomics Awaited BigInt
BigInt64Array BigUint64Array Boolean Capitalize ConstructorParameters DataView Date Disposable AsyncDisposable Error
EvalError Exclude Extract FinalizationRegistry Float32Array Float64Array Function Generator GeneratorFunction Infinity
InstanceType Int16Array Int32Array Int8Array Intl Iterable IterableIterator Iterator JSON Lowercase Map Math NaN
NonNullable Number Object Omit OmitThisParameter Parameters Partial Pick Promise PromiseLike PropertyKey
PropertyDescriptor Proxy ProxyHandler RangeError Readonly ReadonlyArray ReadonlyMap ReadonlySet Record ReferenceError
Reflect RegExp RegExpExecArray RegExpMatchArray Required ReturnType Set SharedArrayBuffer String Symbol SyntaxError
TemplateStringsArray ThisParameterType ThisType TypeError URIError Uint16Array Uint32Array Uint8Array
Uint8ClampedArray Uncapitalize Uppercase WeakMap WeakRef WeakSet WebAssembly arguments decodeURI decodeURIComponent
encodeURI encodeURIComponent escape eval globalThis isFinite isNaN parseFloat parseInt undefined unescape this super
ArrayLike ClassDecorator MethodDecorator ParameterDecorator PropertyDecorator NoInfer SymbolConstructor ErrorOptions
any unknown never void null boolean number string symbol object bigint intrinsic const infer keyof unique asserts is
"""
_BROWSER = """
AbortController AbortSignal Animation Attr Audio AudioContext Blob BroadcastChannel CSS CSSStyleSheet
CacheStorage CanvasRenderingContext2D ClipboardItem CloseEvent Comment CompositionEvent CompressionStream Crypto
CryptoKey CustomElementRegistry CustomEvent DOMException DOMMatrix DOMParser DOMPoint DOMRect DOMRectReadOnly
DataTransfer DataTransferItem DecompressionStream Document DocumentFragment DragEvent Element ErrorEvent Event
EventListener EventSource EventTarget File FileList FileReader FocusEvent FontFace FormData GeolocationPosition
Headers History Image ImageBitmap ImageData InputEvent IntersectionObserver KeyboardEvent Location MediaQueryList
MediaRecorder MediaStream MessageChannel MessageEvent MessagePort MouseEvent MutationObserver MutationRecord Navigator
Node NodeFilter NodeList Notification OffscreenCanvas Option Path2D Performance PerformanceEntry PerformanceObserver
Plugin PointerEvent PopStateEvent ProgressEvent PromiseRejectionEvent Range ReadableStream Request RequestInfo
RequestInit ResizeObserver ResizeObserverEntry Response ResponseInit Screen Selection ServiceWorker ShadowRoot
SharedWorker Storage StorageEvent StyleSheet SubmitEvent SubtleCrypto Text TextDecoder TextEncoder TextMetrics
TimeRanges Touch TouchEvent TouchList TransformStream TransitionEvent UIEvent URL URLSearchParams ValidityState
VisualViewport WebSocket WheelEvent Window Worker WritableStream XMLHttpRequest XMLSerializer XPathResult BodyInit
BufferSource HeadersInit alert atob blur btoa caches cancelAnimationFrame cancelIdleCallback clearInterval
clearTimeout close closed confirm console createImageBitmap crypto customElements devicePixelRatio dispatchEvent
document event external fetch find focus frames getComputedStyle getSelection history importScripts indexedDB
innerHeight innerWidth length localStorage location matchMedia name navigator onerror onmessage open opener origin
outerHeight outerWidth pageXOffset pageYOffset parent performance postMessage print prompt queueMicrotask
removeEventListener addEventListener reportError requestAnimationFrame requestIdleCallback scheduler screen screenX
screenY scroll scrollBy scrollTo scrollX scrollY self sessionStorage setInterval setTimeout status stop structuredClone
top trustedTypes visualViewport window
"""
_HOSTS = """
Buffer NodeJS NodeRequire __dirname __filename clearImmediate exports global module process require setImmediate
Bun Deno EdgeRuntime chrome browser define requirejs jQuery $ _ React ReactDOM JSX Vue angular moment d3 THREE google
gtag ga dataLayer grecaptcha Office Zone ng wp Cypress cy
"""
_TESTS = """
after afterAll afterEach assert assertType before beforeAll beforeEach bench chai context describe expect expectTypeOf
expectType fail fdescribe fit it jasmine jest mocha pending playwright sinon specify spyOn suite suiteSetup
suiteTeardown setup teardown test vi vitest xdescribe xit xtest QUnit page run onTestFinished onTestFailed
"""
_COMPILED = """
defineProps defineEmits defineExpose defineOptions defineSlots defineModel withDefaults __DEV__ __TEST__ __PROD__
"""
_NAMES = frozenset(" ".join((_LANGUAGE, _BROWSER, _HOSTS, _TESTS, _COMPILED)).split())
_STARTS = ("HTML", "SVG", "WebGL", "RTC", "IDB", "Audio", "CSS", "Media", "GPU", "Intl", "MathML", "__", "$")


def is_known(name: str) -> bool:
    """Return whether an environment may give a name to every file."""
    return name in _NAMES or name.startswith(_STARTS)


def declared_names(paths: Sequence[str], facts_of: Callable[[str], FileFacts]) -> frozenset[str] | None:
    """Return what declaration files may give to every file: all they define. None when there are too many."""
    if len(paths) > _MOST:
        return None
    return frozenset(definition.name for path in paths for definition in facts_of(path).definitions)
